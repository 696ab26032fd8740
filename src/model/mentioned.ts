import type { Cidr } from '../net/cidr.js'
import type { NetworkPolicy } from './policy.js'

/** All that policies can tell pods apart by (D-6). */
export interface Mentioned {
  readonly labelKeys: ReadonlySet<string>
  readonly portNames: ReadonlySet<string>
  /** The cidrs and excepts of all ipBlocks, in the order of the manifests. */
  readonly cidrs: readonly Cidr[]
}

/** Collects the label keys, port names and blocks that policies mention; the labels of namespaces are not among them. */
export function mentionedIn(policies: readonly NetworkPolicy[]): Mentioned {
  const labelKeys = new Set<string>()
  const portNames = new Set<string>()
  const cidrs: Cidr[] = []
  for (const { subject, rules } of policies) {
    for (const { key } of subject.requirements) labelKeys.add(key)
    for (const { peers, ports } of [...rules.ingress, ...rules.egress]) {
      for (const { port } of ports) if (typeof port === 'string') portNames.add(port)
      for (const peer of peers) {
        if (peer.kind === 'ip-block') {
          cidrs.push(peer.cidr)
          for (const hole of peer.except) cidrs.push(hole)
        } else for (const { key } of peer.pods?.requirements ?? []) labelKeys.add(key)
      }
    }
  }
  return { labelKeys, portNames, cidrs }
}
