import type { Cidr } from '../net/cidr.js'
import type { Selector } from '../model/labels.js'
import { criteriaOf } from './criteria.js'
import type { RuleForm } from './rule-form.js'

/** All that policies can tell pods apart by (D-6). */
export interface Mentioned {
  readonly labelKeys: ReadonlySet<string>
  readonly portNames: ReadonlySet<string>
  /** The cidrs and excepts of all ipBlocks, in the order of the manifests. */
  readonly cidrs: readonly Cidr[]
}

/** Collects the label keys, port names and blocks that policies mention; the labels of namespaces are not among them. */
export function mentionedIn(policies: readonly RuleForm[]): Mentioned {
  const { pods, ports, blocks } = criteriaOf(policies)
  return {
    labelKeys: new Set(pods.flatMap(({ requirements }) => requirements.map(({ key }) => key))),
    portNames: new Set(ports.flatMap(({ port }) => (typeof port === 'string' ? [port] : []))),
    cidrs: blocks.flatMap(({ cidr, except }) => [cidr, ...except]),
  }
}

/** The values that requirements of some selectors name, by label key. */
export function valuesByKey(selectors: readonly Selector[]): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>()
  for (const { requirements } of selectors) {
    for (const { key, values } of requirements) {
      const known = named.get(key) ?? new Set<string>()
      named.set(key, known)
      for (const value of values) known.add(value)
    }
  }
  return named
}
