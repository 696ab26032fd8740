import { DIRECTIONS, type Direction } from '../model/direction.js'
import type { Selector } from '../model/labels.js'
import { once } from '../model/once.js'
import type { AnyPort, IpBlock } from '../model/policy.js'
import type { RuleForm } from './rule-form.js'

/** All by which policies tell traffic apart. Whoever cuts ports, addresses or labels where an answer may change asks for it. */
export interface Criteria {
  /** What pods are told apart by: as subjects and as peers. */
  readonly pods: readonly Selector[]
  readonly namespaces: readonly Selector[]
  /** Where some are given, labels of nodes and who runs on them matter (C-17). */
  readonly nodes: readonly Selector[]
  readonly blocks: readonly IpBlock[]
  readonly ports: readonly AnyPort[]
}

/** The criteria of policies of any kind, in the order of the manifests; those of their rules in some directions only. */
export function criteriaOf(policies: readonly RuleForm[], directions: readonly Direction[] = DIRECTIONS): Criteria {
  // Nobody asks for all of them, and there can be many policies
  const all = <Item>(itemsOf: (criteria: Criteria) => readonly Item[]): readonly Item[] => {
    const found: Item[] = []
    for (const policy of policies)
      for (const direction of directions) for (const item of itemsOf(OF_POLICY[direction](policy))) found.push(item)
    return found
  }
  return {
    get pods() {
      return all(({ pods }) => pods)
    },
    get namespaces() {
      return all(({ namespaces }) => namespaces)
    },
    get nodes() {
      return all(({ nodes }) => nodes)
    },
    get blocks() {
      return all(({ blocks }) => blocks)
    },
    get ports() {
      return all(({ ports }) => ports)
    },
  }
}

const OF_POLICY: Readonly<Record<Direction, (policy: RuleForm) => Criteria>> = {
  ingress: once((policy) => criteriaIn(policy, 'ingress')),
  egress: once((policy) => criteriaIn(policy, 'egress')),
}

function criteriaIn({ subject, rules }: RuleForm, direction: Direction): Criteria {
  const peers = rules[direction].flatMap((rule) => rule.peers)
  const selecting = [subject, ...peers.flatMap((peer) => (peer.kind === 'selector' ? [peer] : []))]
  return {
    pods: selecting.flatMap(({ pods }) => pods ?? []),
    namespaces: selecting.flatMap(({ namespaces }) => namespaces ?? []),
    nodes: peers.flatMap((peer) => (peer.kind === 'nodes' ? [peer.nodes] : [])),
    blocks: peers.flatMap((peer) => (peer.kind === 'ip-block' ? [peer] : [])),
    ports: rules[direction].flatMap(({ ports }) => ports),
  }
}
