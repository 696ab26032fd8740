import type { Direction } from '../model/direction.js'
import { orient, type PodEndpoint } from '../model/flow.js'
import { entryOf, PEER_FIELD, type Placed, type AnyPort } from '../model/policy.js'
import type { RuleMatch } from '../model/verdict.js'
import { areNamesOfPodsOnly, isNamed } from '../policy/names-of-pods.js'
import type { FormRule, RuleForm } from '../policy/rule-form.js'
import { matchPeers, type PeerMatch } from './peers.js'
import { matchPorts, namesOfPort } from './ports.js'
import { selects } from './selectors.js'
import { canBe, type DoubtSite, type Truth } from './truth.js'
import type { View } from './view.js'

/** A policy that may govern the subject, and those of its rules that are open to the port. */
export interface Considered {
  readonly policy: RuleForm
  readonly selects: Truth
  readonly rules: readonly OpenRule[]
}

/** A rule that is open to the asked port, and what its peers make of the other end. */
export interface OpenRule extends Pick<PeerMatch, 'truth' | 'unknown'> {
  readonly rule: FormRule
  readonly match: RuleMatch
}

/** Those of some policies that may govern the subject in a direction, with what their rules make of the flow. */
export function consider(
  view: View,
  direction: Direction,
  subject: PodEndpoint,
  policies: readonly RuleForm[],
): readonly Considered[] {
  return policies
    .filter(({ applies }) => applies[direction])
    .map((policy) => ({ policy, selects: governs(view, policy, subject) }))
    .filter(({ selects }) => canBe(true, selects))
    .map(({ policy, selects }) => ({ policy, selects, rules: openRules(view, direction, policy) }))
}

/** Whether a policy selects a pod. */
export function governs(
  { compiled: { cluster }, completion }: View,
  { ref, home, subject, subjectPath }: RuleForm,
  { pod, replica }: PodEndpoint,
): Truth {
  return selects(subject, home, cluster, pod, { policy: ref, path: subjectPath }, completion, replica)
}

function openRules(view: View, direction: Direction, form: RuleForm): readonly OpenRule[] {
  const { rules, home } = form
  const { peer } = orient(view.flow, direction)
  const { protocol, port, destination } = view.flow
  const names = namesOfPort(destination, protocol, port, view.reading)
  return view.compiled
    .finderOf(rules[direction])(protocol, port, names)
    .flatMap((index): readonly OpenRule[] => {
      const rule = rules[direction][index]
      const ports = rule === undefined ? [] : matchPorts(rule, view)
      if (rule === undefined || ports?.length === 0) return []
      const { ref } = rule
      const siteOf = (entry: number): DoubtSite => ({
        policy: ref.policy,
        path: [...ref.path, PEER_FIELD[direction], entryOf(rule.peers, entry)],
      })
      const isByName = isOnlyByName(rule.ports, ports)
      const some = isByName && areNamesOfPodsOnly(form, direction) ? 'selectors' : 'all'
      const { truth, peers, unknown } = matchPeers(rule, peer, view, home, siteOf, some)
      const match = { ...ref, peers: written(rule.peers, peers), ports: written(rule.ports, ports) }
      return [{ rule, truth, unknown, match }]
    })
}

/** Whether a port is open by its name alone. */
function isOnlyByName(list: readonly AnyPort[], entries: readonly number[] | null): boolean {
  return entries?.every((entry) => list[entry] !== undefined && isNamed(list[entry])) === true
}

/** The entries as the manifest has them, each once: one entry can be read as several. */
function written(list: readonly Placed[], entries: readonly number[] | null): readonly number[] | null {
  if (entries === null || list.every(({ at }) => at === undefined)) return entries
  return [...new Set(entries.map((entry) => entryOf(list, entry)))]
}
