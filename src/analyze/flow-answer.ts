import type { Doubt } from '../engine/truth.js'
import type { Family } from '../net/address.js'
import { merge, type AddressRange } from '../net/ranges.js'
import type { ClusterService, ServicePort } from '../model/cluster.js'
import type { Flow } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import type { Protocol } from '../model/protocol.js'
import { grouped } from '../model/grouped.js'
import type { PortRange } from '../model/policy.js'
import type { Certainty, Reason, Verdict } from '../model/verdict.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { Front, Party } from '../query/party.js'
import {
  joinPaths,
  joinRules,
  type AnsweredStep,
  type MatchedRule,
  type MatchScope,
  type Part,
} from './matched-rules.js'
import { keyOf, type PortSegment } from './port-segments.js'
import type { Variant } from './variants.js'

/** The answer for neighbouring ports, and where an end is outside the cluster for addresses, that share it. */
export interface FlowAnswer extends PortRange {
  readonly from: Party
  readonly to: Party
  readonly protocol: Protocol
  readonly portName: string | null
  /** The Service that leads there, and its port; null for a connection that is made directly. */
  readonly via: Via | null
  /** Set where the answer holds in one address family only. */
  readonly family: Family | null
  /** The addresses of the outside end that the answer holds for; null where neither end is outside. */
  readonly outside: readonly AddressRange[] | null
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly egress: DirectionAnswer
  readonly ingress: DirectionAnswer
  readonly doubts: readonly Doubt[]
  /** The families and addresses that share the answer, to explain it by. */
  readonly cases: readonly FlowCase[]
}

export type { AnsweredStep, MatchedRule, MatchScope }

/** How a connection comes to a pod by way of a Service. */
export interface Via {
  readonly service: ClusterService
  /** Null where the client's port is that of the pod, and the Service names none. */
  readonly port: ServicePort | null
  /** The address by which the question comes to it; null where it names the Service. */
  readonly front: Front | null
}

/** One of the ways to connect that share an answer: a flow that stands for them, and the addresses of an outside end. */
export interface FlowCase {
  readonly flow: Flow
  readonly outside: AddressRange | null
}

/** Why one direction allows or denies. */
export interface DirectionAnswer {
  readonly direction: Direction
  readonly reason: Reason['kind']
  /** The policies that decide: those that isolate the pod, or the one with the first rule that matches. */
  readonly deciding: readonly RuleForm[]
  /** The tiers that were asked, with what each of them made of it. */
  readonly path: readonly AnsweredStep[]
  /** The rules that matched for some of the ports and addresses. */
  readonly rules: readonly MatchedRule[]
}

/** Ports that a question is about, and how it names them. */
export interface AskedPorts extends PortRange {
  readonly protocol: Protocol
  readonly name: string | null
  readonly via: Via | null
}

/** A variant with its answers for all ports that were asked. */
export interface AnsweredVariant {
  readonly variant: Variant
  readonly segments: readonly PortSegment[]
}

/** Merges variants that have the same answers: addresses are joined, and the family is told only where it matters. */
export function toAnswers(
  from: Party,
  to: Party,
  { name: portName, via }: Pick<AskedPorts, 'name' | 'via'>,
  answered: readonly AnsweredVariant[],
): readonly FlowAnswer[] {
  const alike = grouped(answered, ({ variant, segments }) =>
    JSON.stringify([
      variant.outside === null ? null : variant.family,
      segments.map(({ protocol, first, last, answers }) => [protocol, first, last, answers.slice(0, 1).map(keyOf)]),
    ]),
  )
  const differ = alike.size > 1
  return [...alike.values()].flatMap((group) => {
    const [example] = group
    return (example?.segments ?? []).map((segment, index) => {
      const parts = group.flatMap(({ variant, segments }) => {
        const { answers, pieces } = segments[index] ?? segment
        return answers.map((answer, at): Part => ({ answer, ports: pieces[at] ?? segment, variant }))
      })
      const cases = group.flatMap(({ variant: { outside }, segments }) => {
        const flow = segments[index]?.flow
        return flow === undefined ? [] : [{ flow, outside }]
      })
      return join(from, to, { portName, via }, segment, parts, cases, {
        family: differ && example?.variant.outside === null ? example.variant.family : null,
        outside: group.flatMap(({ variant }) => (variant.outside === null ? [] : [variant.outside])),
      })
    })
  })
}

function join(
  from: Party,
  to: Party,
  asked: Pick<FlowAnswer, 'portName' | 'via'>,
  { protocol, first, last }: PortSegment,
  parts: readonly Part[],
  cases: readonly FlowCase[],
  where: { readonly family: Family | null; readonly outside: readonly AddressRange[] },
): FlowAnswer {
  const [{ answer } = {}] = parts
  if (answer === undefined) throw new Error('a port segment without an answer')
  const direction = (name: Direction): DirectionAnswer => ({
    direction: name,
    reason: answer[name].reason.kind,
    deciding: answer[name].deciding,
    path: joinPaths(parts, name),
    rules: joinRules(parts, name),
  })
  return {
    from,
    to,
    protocol,
    first,
    last,
    ...asked,
    family: where.family,
    outside: where.outside.length === 0 ? null : merge(where.outside),
    verdict: answer.verdict,
    certainty: answer.certainty,
    egress: direction('egress'),
    ingress: direction('ingress'),
    doubts: parts.flatMap((part) => part.answer.doubts),
    cases,
  }
}
