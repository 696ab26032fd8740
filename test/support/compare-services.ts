import { check, type CheckOptions, type CheckResult, type FlowResult } from '../../src/index.js'
import type { ServiceCase } from '../reference/generate-services.js'
import {
  type BackendFlow,
  evaluateService,
  type Problem,
  type ServiceAnswer,
  type ServiceQuestion,
} from '../reference/service-answer.js'
import { clusterOf } from './compare.js'

export interface ServiceComparison {
  readonly questions: number
  /** What the reference evaluator met: verdicts, certainties, problems and rule ids. */
  readonly met: readonly string[]
  /** Answers that differ, each in one line. */
  readonly differences: readonly string[]
}

/** Asks the library and the reference evaluator the same questions about Services. */
export function compareServices({ objects, options, questions }: ServiceCase): ServiceComparison {
  const cluster = clusterOf(objects)
  // A choice that is named is settled, and leaves nothing undefined
  const { ipblockPods, hostNetwork, podCidrs } = options
  const choices: CheckOptions = {
    podCidrs,
    ...(ipblockPods === 'never' ? { ipblockPods } : {}),
    ...(hostNetwork === 'enforce' ? { hostNetwork } : {}),
  }
  const met: string[] = []
  const differences: string[] = []
  for (const question of questions) {
    const expected = evaluateService(objects, question, options)
    met.push(...expected.hits)
    const asked = { from: sourceOf(question), to: destinationOf(question) }
    const found = check(cluster, asked, choices)
    const line = `${asked.from} -> ${asked.to}`
    if ('problem' in expected) {
      met.push(expected.problem)
      if (!isProblem(found, expected.problem)) differences.push(`${line}: ${expected.problem}, not ${wordsOf(found)}`)
    } else {
      met.push(expected.verdict, ...expected.flows.map(({ certainty }) => certainty))
      differences.push(...differencesOf(question, expected, found).map((one) => `${line}: ${one}`))
    }
  }
  return { questions: questions.length, met, differences }
}

/** The parts of the messages by which problems are known. */
const WORDS: Readonly<Record<Problem, RegExp>> = {
  'no such Service': /matches no Service/,
  alias: /is an alias/,
  'no such port': /has no port/,
  'no selector': /has no selector/,
  'no endpoints': /has no endpoints|declares no port named|different families/,
  // Of pods that share no family some may not declare the port either
  'no shared family': /famil|declares no port named/,
}

const wordsOf = ({ verdict, diagnostics }: CheckResult) => verdict ?? diagnostics.at(-1)?.message ?? 'nothing'

function isProblem(found: CheckResult, problem: Problem): boolean {
  if (found.verdict === null) return WORDS[problem].test(wordsOf(found))
  // What policies say of such ends is answered with a note; an address from outside is evaluated as it is
  const isNoted = ({ from, notes }: FlowResult) =>
    from.cidrs !== undefined || notes.some(({ code }) => code === 'no-shared-family')
  return problem === 'no shared family' && found.flows.every((flow) => flow.verdict === 'deny' || isNoted(flow))
}

type Answered = Exclude<ServiceAnswer, { problem: Problem }>

function differencesOf(question: ServiceQuestion, { verdict, flows }: Answered, found: CheckResult): readonly string[] {
  if (found.verdict === null) return [`${verdict}, not: ${wordsOf(found)}`]
  const unmatched = new Set(found.flows)
  const differences = verdict === found.verdict ? [] : [`verdict ${verdict}, not ${found.verdict}`]
  for (const flow of flows) {
    const same = found.flows.find((one) => isSame(flow, one))
    const name = `${flow.to} ${flow.port}/${flow.protocol} ${flow.family ?? ''}`
    if (same === undefined) {
      differences.push(`${name} is missing`)
      continue
    }
    unmatched.delete(same)
    const all = flows.filter((one) => isSame(one, same)).map(({ certainty }) => certainty)
    const [wanted, given] = [expectedWords(flow), givenWords(same, flow.family)]
    const [sure, isSure] = isUnsettled(question, flow, same) ? [null, null] : [worstOf(all), same.certainty]
    if (wanted !== given || sure !== isSure) {
      differences.push(`${name}: reference ${wanted} ${sure}, library ${given} ${isSure}`)
    }
  }
  for (const { to, port, protocol, family = '' } of unmatched) {
    differences.push(`${to.id} ${port}/${protocol} ${family} is too much`)
  }
  return differences
}

const isSame = (flow: BackendFlow, { to, port, protocol, family, via }: FlowResult) =>
  to.id === flow.to.replace('/', '/Pod/') &&
  port === flow.port &&
  protocol === flow.protocol &&
  via?.port === flow.via &&
  (family === undefined || family === flow.family)

/**
 * Where certainty is not compared: from outside, which node hands the connection on is open and the pod's own may be unknown, so
 * that two words are right; a pod on its host's network that reaches itself is exempt by three readings at once; and a plugin
 * that sees the address of the Service sees its port as well, of which the text says nothing (A-46).
 */
function isUnsettled({ from }: ServiceQuestion, flow: BackendFlow, { to, notes, certainty }: FlowResult): boolean {
  // As of flows between pods: of three policies of one priority not every order is tried (C-8)
  const isTied = certainty === 'undefined' && notes.some(({ code }) => code === 'policy-tie')
  if (isTied && flow.certainty === 'indeterminate') return true
  if (flow.isItself && to.hostNetwork === true) return true
  if (flow.via !== flow.port && notes.some(({ code }) => code === 'service-address')) return true
  return 'address' in from && flow.certainty === 'indeterminate'
}

/** Both families of a flow are one line where they differ in certainty only, and that is then the worse one. */
function worstOf(all: readonly string[]): string {
  return ['indeterminate', 'undefined'].find((one) => all.includes(one)) ?? 'certain'
}

function expectedWords({ isItself, verdict, egress, ingress, rules }: BackendFlow): string {
  return [verdict, ...reasonsOf(isItself, egress, ingress), ...rules.toSorted()].join(' ')
}

/** Of a pod that reaches itself several things exempt it, and which of them is named first says nothing. */
function reasonsOf(isItself: boolean, ...reasons: readonly string[]): readonly string[] {
  const exempt = ['same-pod', 'own-node', 'host-network']
  return reasons.map((reason) => (isItself && exempt.includes(reason) ? 'exempt' : reason))
}

/** What a flow of the library says of one family: it names rules of the other one too, where both have one answer. */
function givenWords({ from, to, verdict, egress, ingress }: FlowResult, family: BackendFlow['family']): string {
  const other = family === 'IPv4' ? 'IPv6' : 'IPv4'
  const rules = [...egress.rules, ...ingress.rules].filter(({ only }) => family === undefined || only !== other)
  const named = rules.map(({ policy, path }) => `${policy} ${path}`)
  const reasons = reasonsOf(from.id === to.id, egress.reason, ingress.reason)
  return [verdict, ...reasons, ...named.toSorted()].join(' ')
}

function sourceOf({ from }: ServiceQuestion): string {
  if ('pod' in from) return from.pod.replace('/', '/Pod/')
  if ('host' in from) return from.host
  return 'node' in from ? `node/${from.node}` : from.address
}

function destinationOf({ to, asked }: ServiceQuestion): string {
  const port = asked === undefined ? '' : `:${asked.port}${asked.protocol === undefined ? '' : `/${asked.protocol}`}`
  if ('service' in to) return `${to.service.replace('/', '/Service/')}${port}`
  return to.address.includes(':') && port !== '' ? `[${to.address}]${port}` : `${to.address}${port}`
}
