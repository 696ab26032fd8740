import type { RuleForm } from '../../policy/rule-form.js'
import { howDecides } from '../../policy/tiers.js'
import { classOf, type Matrix } from '../class-matrix.js'
import { opensDns } from '../dns.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { Gain } from './isolation-changes.js'
import type { JointWorld } from './joint-world.js'

/** Endpoints of both sides that can look names up on one of them only; in the order of their ids. */
export function dnsChanges({ base, head }: JointWorld, subjects: readonly EndpointPair[]): readonly Gain[] {
  const [before, after] = [hasDns(base.matrix), hasDns(head.matrix)]
  return subjects.flatMap((pair): readonly Gain[] => {
    if (pair.base === null || pair.head === null) return []
    const [was, is] = [before(pair.base), after(pair.head)]
    return was === is ? [] : [{ pair, change: is ? 'gained' : 'lost' }]
  })
}

/** Whether an endpoint can look names up: no policy isolates it for egress, or some rule of those that do opens a port of DNS. */
export function hasDns(matrix: Matrix): (endpoint: MatrixEndpoint) => boolean {
  const { classes, compiled } = matrix
  const isolating = new Map<number, RuleForm[]>()
  for (const [index, form] of compiled.policies.entries()) {
    if (!form.applies.egress || howDecides(form) !== 'isolation') continue
    for (const number of classes.policies[index]?.subjects.value ?? []) {
      const own = isolating.get(number) ?? []
      isolating.set(number, own)
      own.push(form)
    }
  }
  const known = new Map<number, boolean>()
  return ({ party }) => {
    const found = classOf(classes, party)
    const before = known.get(found.number)
    if (before !== undefined) return before
    const own = matrix.exempt(found) ? [] : (isolating.get(found.number) ?? [])
    const answer = own.length === 0 || own.some(opensDns)
    known.set(found.number, answer)
    return answer
  }
}
