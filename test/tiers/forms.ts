import type { EngineOptions } from '../../src/engine/compile.js'
import type { Direction } from '../../src/model/direction.js'
import type { Selector } from '../../src/model/labels.js'
import type { Peer, PortRule, SelectorPeer } from '../../src/model/policy.js'
import type { PolicyRef } from '../../src/model/reference.js'
import { NO_SOURCE } from '../../src/model/source.js'
import { parseCidr } from '../../src/net/cidr.js'
import type { FormRule, RuleForm } from '../../src/policy/rule-form.js'
import type { Labels, Named, Policy, Port, World } from './world.js'

/** What is open in a world is chosen, so that every answer is certain. */
export function optionsOf({ hostNetwork, ipblockPods }: World): EngineOptions {
  return { hostNetwork, ipblockPods }
}

/** A plain policy in the one form that all kinds have. */
export function formOf(policy: Policy): RuleForm {
  const { tier, order, name, home, subject } = policy
  const ref: PolicyRef = { kind: 'NetworkPolicy', namespace: home, name, hasNamespace: true, source: NO_SOURCE }
  const rulesOf = (direction: Direction) =>
    (policy[direction] ?? []).map(({ action, peers, ports }, rule): FormRule => ({
      action,
      peers: peers.map(peerOf),
      ports: ports.map(portOf),
      ref: { policy: ref, direction, rule, name: null, path: ['spec', direction, rule] },
    }))
  return {
    ...{ ref, tier, order, home, subject: selectorPeer(subject), subjectPath: ['spec', 'subject'] },
    applies: { ingress: policy.ingress !== null, egress: policy.egress !== null },
    rules: { ingress: rulesOf('ingress'), egress: rulesOf('egress') },
  }
}

function peerOf(peer: Named | { readonly cidr: string }): Peer {
  if (!('cidr' in peer)) return selectorPeer(peer)
  const parsed = parseCidr(peer.cidr)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return { kind: 'ip-block', cidr: parsed.cidr, except: [] }
}

function selectorPeer({ namespaces, pods }: Named): SelectorPeer {
  return { kind: 'selector', namespaces: selectorOf(namespaces), pods: selectorOf(pods) }
}

function selectorOf(labels: Labels | null): Selector | null {
  if (labels === null) return null
  return {
    requirements: Object.entries(labels).map(([key, value]) =>
      value === null ? { key, operator: 'Exists', values: [] } : { key, operator: 'In', values: [value] },
    ),
  }
}

function portOf({ protocol, port }: Port): PortRule {
  if (typeof port === 'number') return { protocol, port: { first: port, last: port } }
  if (port === null || typeof port === 'string') return { protocol, port }
  return { protocol, port: { first: port[0], last: port[1] } }
}
