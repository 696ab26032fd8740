import { DIRECTIONS } from '../../model/direction.js'
import { NAMESPACE_NAME_LABEL } from '../../model/labels.js'
import type { AnyPeer } from '../../model/policy.js'
import { isNetworkPolicy, type Policy } from '../../model/policy-kinds.js'
import type { Path } from '../../model/source.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Namespaces that nobody defines while a policy asks for their labels (A-28, C-13): one remark for all of them. */
export const unknownNamespaces: Remark = ({ cluster }) => {
  const unknown = [...cluster.namespaces.values()].filter(({ defined }) => !defined).map(({ name }) => name)
  if (unknown.length === 0) return []
  for (const policy of cluster.policies) {
    const found = questionOf(policy)
    if (found === null) continue
    const [few, more] = [unknown.slice(0, 5), unknown.length - 5]
    return [
      aboutPolicy(policy, found.path, {
        code: 'NP103',
        severity: 'warning',
        message: `the labels of ${few.map((name) => `\`${name}\``).join(', ')}${more > 0 ? ` and ${more} more namespaces` : ''} are unknown, and the policy asks for \`${found.key}\``,
        help: 'add the Namespace objects to the input',
      }),
    ]
  }
  return []
}

interface Question {
  readonly path: Path
  readonly key: string
}

/** The first label of namespaces, other than their name, that a policy asks for where its rules count; else null. */
function questionOf(policy: Policy): Question | null {
  const counts = DIRECTIONS.filter((direction) =>
    isNetworkPolicy(policy) ? policy.isolates[direction] : policy.rules[direction].length > 0,
  )
  if (!isNetworkPolicy(policy) && counts.length > 0) {
    const key = keyIn(policy.subject)
    if (key !== undefined) return { path: policy.subjectPath, key }
  }
  for (const direction of counts) {
    for (const [index, { peers }] of policy.rules[direction].entries()) {
      for (const peer of peers) {
        const key = keyIn(peer)
        if (key !== undefined) return { path: ['spec', direction, index], key }
      }
    }
  }
  return null
}

function keyIn(peer: AnyPeer): string | undefined {
  if (peer.kind !== 'selector') return undefined
  return peer.namespaces?.requirements.find(({ key }) => key !== NAMESPACE_NAME_LABEL)?.key
}
