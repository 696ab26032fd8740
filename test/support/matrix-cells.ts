import { answerPair } from '../../src/analyze/answer-pair.js'
import { matrixOver } from '../../src/analyze/class-matrix.js'
import { connectionsOf } from '../../src/analyze/connection-segments.js'
import { reachOf } from '../../src/analyze/reach.js'
import { worldLines } from '../../src/analyze/world-lines.js'
import { endpointsOf, type MatrixEndpoint } from '../../src/analyze/matrix-endpoints.js'
import { pairUp } from '../../src/analyze/pairs.js'
import { compile, type CompiledCluster, type EngineOptions } from '../../src/engine/compile.js'
import { worst } from '../../src/model/verdict.js'
import type { WorkloadParty } from '../../src/query/party.js'
import type { Case } from '../reference/generate.js'
import { clusterOf } from './compare.js'
import { rangesOf } from './engine-answer.js'

/** What came of comparing cells of a matrix with something that answers one pair at a time. */
export interface Compared {
  readonly asked: number
  readonly open: number
  /** How many are closed as things stand, at least in part, and may be open. */
  readonly perhaps?: number
  /** Answers that differ, each in one line. */
  readonly differences: readonly string[]
}

/** The options of a case in the words of the engine. */
export function engineOptionsOf({ options }: Pick<Case, 'options'>): EngineOptions {
  return {
    ipblockPods: options.ipblockPods === 'never' ? 'never' : undefined,
    hostNetwork: options.hostNetwork === 'enforce' ? 'enforce' : undefined,
    podRanges: rangesOf(options.podCidrs ?? []),
  }
}

/** Ports of one protocol. */
export interface Ports {
  readonly protocol: string
  readonly first: number
  readonly last: number
}

/** Asks the one-pair evaluator about all ports of every cell, and lists the cells that differ. */
export function compareCells(example: Case): Compared {
  return compareCompiled(compile(clusterOf(example.objects), engineOptionsOf(example)))
}

/** The same for a cluster whose policies may be of any tier. */
export function compareCompiled(compiled: CompiledCluster): Compared {
  const matrix = matrixOver(compiled)
  const endpoints = endpointsOf(compiled.cluster, false)
  const differences: string[] = []
  const listed = listedPairs(compiled, endpoints)
  let asked = 0
  let open = 0
  let perhaps = 0
  for (const from of endpoints) {
    for (const to of endpoints) {
      if (from === to && !from.another) continue
      const answer = matrix.answer(from.party, to.party)
      const ports = matrix.sets.ports(answer.open)
      const textOf = (set: number) => matrix.sets.ports(set).map(portsText).join(' ')
      const perFamily = answer.byFamily.map(
        (one) => `; ${one.family} ${textOf(one.open)} ${one.certainty}, perhaps ${textOf(one.possible)}`,
      )
      const found = `${textOf(answer.open)} ${answer.certainty}, perhaps ${textOf(answer.possible)}${perFamily.join('')}`
      const expected = pairAnswer(compiled, from.party, to.party)
      asked++
      if (ports.length > 0) open++
      if (answer.possible !== matrix.sets.none) perhaps++
      const isTold =
        answer.byFamily.length > 0 || answer.open !== matrix.sets.none || answer.possible !== matrix.sets.none
      if (isTold !== listed.has(`${from.id} ${to.id}`))
        differences.push(`${from.id} -> ${to.id}: ${found} is ${isTold ? 'not ' : ''}listed`)
      if (found !== expected) differences.push(`${from.id} -> ${to.id}: one pair says ${expected}, the matrix ${found}`)
    }
  }
  return { asked, open, perhaps, differences }
}

/** The pairs that have a line: what is absent is certainly closed. */
function listedPairs(compiled: CompiledCluster, endpoints: readonly MatrixEndpoint[]): ReadonlySet<string> {
  const all = new Set(endpoints)
  const nothing = { outsideSources: null, outsideDestinations: null, within: null }
  const selection = { ...nothing, sources: all, destinations: all, port: { kind: 'whole-set' } } as const
  const matrix = matrixOver(compiled)
  const lines = [...connectionsOf(reachOf(matrix, endpoints, selection), worldLines(matrix, selection))]
  return new Set(lines.map(({ from, to }) => `${from.id} ${to.id}`))
}

/** All ports of a pair by the one-pair evaluator: what is open in every family, and in each where that differs. */
function pairAnswer(compiled: CompiledCluster, from: WorkloadParty, to: WorkloadParty): string {
  const side = (party: WorkloadParty) => ({ parties: [party], wildcard: true, family: null, addressOf: null })
  const paired = pairUp(compiled, side(from), side(to))
  const [pair] = paired.ok ? paired.value : []
  if (pair === undefined) return 'no pair'
  const flows = answerPair(compiled, pair, { kind: 'whole-set' })
  const families = [...new Set(flows.map(({ family }) => family))]
  const ofFamily = (is: (flow: (typeof flows)[number]) => boolean) =>
    families.map((family) => flows.filter((flow) => flow.family === family && is(flow)))
  const allowed = ofFamily(({ verdict }) => verdict === 'allow')
  const perhaps = ofFamily(({ verdict, certainty }) => verdict === 'deny' && certainty !== 'certain')
  const open = allowed.map((some) => some as readonly Ports[]).reduce(common)
  const either = ofFamily(({ verdict, certainty }) => verdict === 'allow' || certainty !== 'certain')
  // Open or perhaps open in every family, and not open in all
  const possible = without(either.map((some) => some as readonly Ports[]).reduce(common), open)
  const differ = allowed.some((some) => size(some) !== size(open))
  const certainties = flows.filter((flow) => size(common([flow], open)) > 0).map(({ certainty }) => certainty)
  const certainty = differ ? 'indeterminate' : open.length === 0 ? 'certain' : worst(certainties)
  const textOf = (some: readonly Ports[]) => merged(some).map(portsText).join(' ')
  const perFamily = families.map((family, index) => {
    const [some, more] = [allowed[index] ?? [], perhaps[index] ?? []]
    const isTold = differ ? some.length + more.length > 0 : textOf(more) !== textOf(possible)
    if (!isTold) return ''
    const sure = some.length === 0 ? 'certain' : worst(some.map((flow) => flow.certainty))
    return `; ${String(family)} ${textOf(some)} ${sure}, perhaps ${textOf(more)}`
  })
  return `${textOf(open)} ${certainty}, perhaps ${textOf(possible)}${perFamily.join('')}`
}

/** What is left of some ports without others, all of them sorted. */
function without(some: readonly Ports[], others: readonly Ports[]): readonly Ports[] {
  return others.reduce<readonly Ports[]>(
    (left, { protocol, first, last }) =>
      left.flatMap((one) =>
        one.protocol !== protocol || last < one.first || one.last < first
          ? [one]
          : [
              { protocol, first: one.first, last: first - 1 },
              { protocol, first: last + 1, last: one.last },
            ].filter((rest) => rest.first <= rest.last),
      ),
    some,
  )
}

function common(some: readonly Ports[], others: readonly Ports[]): readonly Ports[] {
  return some.flatMap(({ protocol, first, last }) =>
    others
      .filter((other) => other.protocol === protocol && other.first <= last && first <= other.last)
      .map((other) => ({ protocol, first: Math.max(first, other.first), last: Math.min(last, other.last) })),
  )
}

const size = (ports: readonly Ports[]) => ports.reduce((sum, { first, last }) => sum + last - first + 1, 0)

/** Joins neighbours; the ports come sorted. */
export function merged(ports: readonly Ports[]): readonly Ports[] {
  const joined: Ports[] = []
  for (const { protocol, first, last } of ports) {
    const before = joined.at(-1)
    if (before?.protocol === protocol && before.last + 1 === first) joined[joined.length - 1] = { ...before, last }
    else joined.push({ protocol, first, last })
  }
  return joined
}

/** `80-80/TCP` */
export function portsText({ protocol, first, last }: Ports): string {
  return `${first}-${last}/${protocol}`
}
