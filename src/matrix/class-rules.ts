import type { AnyPort } from '../model/policy.js'
import type { Action } from '../policy/rule-form.js'

/**
 * A rule of a policy, with its peers as numbers of groups; those that are named for sure are one group together. Rules that
 * say the same are one, and so are their ports.
 */
export interface ClassRule {
  readonly number: number
  readonly action: Action
  /** Without peers a rule means everybody. */
  readonly anyPeer: boolean
  readonly selectors: readonly number[]
  readonly blocks: number | null
  /** Whether it names hosts outside the cluster by names, of which nobody knows the addresses (C-18). */
  readonly hostNames: boolean
  readonly ports: readonly AnyPort[]
}

/** Makes rules; those that say the same are one. */
export function ruleInterner(): (rule: Omit<ClassRule, 'number'>) => ClassRule {
  const known = new Map<string, ClassRule>()
  const knownPorts = new Map<string, readonly AnyPort[]>()
  return ({ action, anyPeer, selectors, blocks, hostNames, ports }) => {
    const portsKey = JSON.stringify(ports.map(({ protocol, port }) => [protocol, port]))
    const samePorts = knownPorts.get(portsKey) ?? ports
    knownPorts.set(portsKey, samePorts)
    const key = `${action} ${String(anyPeer)} ${selectors.join()} ${String(blocks)} ${String(hostNames)} ${portsKey}`
    const found = known.get(key) ?? {
      action,
      anyPeer,
      selectors,
      blocks,
      hostNames,
      ports: samePorts,
      number: known.size,
    }
    known.set(key, found)
    return found
  }
}
