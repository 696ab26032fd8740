import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerPair } from '../../src/analyze/answer-pair.js'
import { matrixOf } from '../../src/analyze/class-matrix.js'
import { endpointsOf } from '../../src/analyze/matrix-endpoints.js'
import { pairUp } from '../../src/analyze/pairs.js'
import { compile } from '../../src/engine/compile.js'
import { worst } from '../../src/model/verdict.js'
import type { WorkloadParty } from '../../src/query/party.js'
import { cases } from '../reference/generate.js'
import { clusterOf } from '../support/compare.js'
import { rangesOf } from '../support/engine-answer.js'

const CLUSTERS = Number(process.env['CLUSTERS'] ?? 300)

/** All ports of a pair by the one-pair evaluator: what is open in every family, and how sure that is. */
function pairAnswer(compiled: ReturnType<typeof compile>, from: WorkloadParty, to: WorkloadParty) {
  const side = (party: WorkloadParty) => ({ parties: [party], wildcard: true, family: null, addressOf: null })
  const paired = pairUp(compiled, side(from), side(to))
  const [pair] = paired.ok ? paired.value : []
  if (pair === undefined) return null
  const flows = answerPair(compiled, pair, { kind: 'whole-set' })
  const families = [...new Set(flows.map(({ family }) => family))]
  const allowed = families.map((family) => flows.filter((flow) => flow.family === family && flow.verdict === 'allow'))
  const open = allowed.map((some) => some as readonly Ports[]).reduce(common)
  const differ = allowed.some((some) => size(some) !== size(open))
  const certainties = flows.filter((flow) => size(common([flow], open)) > 0).map(({ certainty }) => certainty)
  return {
    open: merged(open),
    certainty: open.length === 0 ? 'certain' : differ ? 'indeterminate' : worst(certainties),
  }
}

interface Ports {
  readonly protocol: string
  readonly first: number
  readonly last: number
}

function common(some: readonly Ports[], others: readonly Ports[]): readonly Ports[] {
  return some.flatMap(({ protocol, first, last }) =>
    others
      .filter((other) => other.protocol === protocol && other.first <= last && first <= other.last)
      .map((other) => ({ protocol, first: Math.max(first, other.first), last: Math.min(last, other.last) })),
  )
}

const size = (ports: readonly Ports[]) => ports.reduce((sum, { first, last }) => sum + last - first + 1, 0)

function merged(ports: readonly Ports[]): readonly string[] {
  const joined: Ports[] = []
  for (const { protocol, first, last } of ports) {
    const before = joined.at(-1)
    if (before?.protocol === protocol && before.last + 1 === first) joined[joined.length - 1] = { ...before, last }
    else joined.push({ protocol, first, last })
  }
  return joined.map(text)
}

const text = ({ protocol, first, last }: Ports) => `${first}-${last}/${protocol}`

test(`every cell says what the one-pair evaluator says, on ${CLUSTERS} random clusters`, { timeout: 120_000 }, () => {
  let cells = 0
  let open = 0
  fc.assert(
    fc.property(cases, ({ objects, options }) => {
      const cluster = clusterOf(objects)
      const engineOptions = {
        ipblockPods: options.ipblockPods === 'never' ? ('never' as const) : undefined,
        hostNetwork: options.hostNetwork === 'enforce' ? ('enforce' as const) : undefined,
        podRanges: rangesOf(options.podCidrs ?? []),
      }
      const matrix = matrixOf(cluster, engineOptions)
      const compiled = compile(cluster, engineOptions)
      const endpoints = endpointsOf(cluster, false)
      for (const from of endpoints) {
        for (const to of endpoints) {
          if (from === to && !from.another) continue
          const answer = matrix.answer(from.party, to.party)
          const ports = matrix.sets.ports(answer.open).map(text)
          const expected = pairAnswer(compiled, from.party, to.party)
          cells++
          if (ports.length > 0) open++
          const found = { from: from.id, to: to.id, certainty: answer.certainty, ports }
          expect(found).toEqual({ ...found, certainty: expected?.certainty, ports: expected?.open })
        }
      }
    }),
    { numRuns: CLUSTERS },
  )
  console.log(`${cells} cells, ${open} open`)
})
