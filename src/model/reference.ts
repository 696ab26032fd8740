import type { Direction } from './direction.js'
import type { Policy } from './policy-kinds.js'
import type { Path, Source } from './source.js'

/** Which policy something comes from, and where it stands: all that answers know of a policy. */
export interface PolicyRef {
  readonly kind: Policy['kind']
  /** Null where the policy is of the cluster and not of a namespace. */
  readonly namespace: string | null
  readonly name: string
  /** Whether it says its namespace; else it was given one. */
  readonly hasNamespace: boolean
  readonly source: Source
}

/** A rule, and where it stands. */
export interface RuleRef {
  readonly policy: PolicyRef
  readonly direction: Direction
  /** Its number among the rules of its direction, from 0. */
  readonly rule: number
  /** What its author calls it; null where it has no name, as in a NetworkPolicy. */
  readonly name: string | null
  /** `spec`, `ingress`, 0. */
  readonly path: Path
}

/** `shop/db`, or the bare name of a policy of the cluster. */
export function policyName({ namespace, name }: Pick<PolicyRef, 'namespace' | 'name'>): string {
  return namespace === null ? name : `${namespace}/${name}`
}
