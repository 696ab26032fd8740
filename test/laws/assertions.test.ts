import { expect } from 'vitest'
import { matrix, type ConnectionResult } from '../../src/index.js'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { MAX_PORT, PROTOCOLS } from '../../src/model/protocol.js'
import { testReport } from '../../src/report/test/test-report.js'
import { clusterOf, everywhere } from '../support/laws.js'

type Ports = ConnectionResult['ports']

/** So many pairs of a cluster are asked about, with up to six tests each. */
const MOST = 60

everywhere(
  'what the matrix says of a pair is what one-line tests say, be it open, closed or uncertain',
  (sample) => {
    const cluster = clusterOf(sample.objects)
    const { ipblockPods, hostNetwork, podCidrs } = sample.options
    const options = { ipblockPods, hostNetwork, podCidrs }
    const { connections, endpoints } = matrix(cluster, options)
    const lines = new Map((connections ?? []).map((one) => [`${one.from} ${one.to}`, one]))
    // A pair whose families differ has several lines, and a part of a workload has no name of its own
    const several = new Set(
      (connections ?? []).flatMap((one) => (one.family === undefined ? [] : [`${one.from} ${one.to}`])),
    )
    const named = endpoints.filter(({ id }) => !id.includes('{'))
    const pairs = named.flatMap(({ id: from }) => named.flatMap(({ id: to }) => (from === to ? [] : [{ from, to }])))
    const some = pairs.filter(({ from, to }) => !several.has(`${from} ${to}`))
    const first = sample.random.int(Math.max(1, some.length - MOST))
    const expected = new Map<string, string>()
    for (const { from, to } of some.slice(first, first + MOST)) {
      const { ports = [], possible = [], certainty = 'certain' } = lines.get(`${from} ${to}`) ?? {}
      const ask = (verdict: string, asked: Ports, status: string) => {
        if (asked.length > 0) expected.set(`${verdict} ${from} -> ${to}:${asked.map(wordOf).join()}`, status)
      }
      const closed = without([...ports, ...possible])
      ask('allow', ports, certainty === 'certain' ? 'passed' : 'failed uncertain')
      ask('deny', ports, certainty === 'certain' ? 'failed open' : 'failed')
      ask('allow', possible, 'failed uncertain')
      ask('deny', possible, 'failed uncertain')
      ask('allow', closed, 'failed closed')
      ask('deny', closed, 'passed')
    }
    if (expected.size === 0) return false
    const text = ['version: 1', 'tests:', ...[...expected.keys()].map((test) => `  - ${test}`)].join('\n')
    const { tests } = testReport([{ file: parseAssertions(text, 'netpol-tests.yaml'), cluster, options }])
    const found = tests.map(
      ({ name, status, failures }) => `${name}: ${[status, ...failures.map(({ problem }) => problem)].join(' ')}`,
    )
    const wrong = found.filter(
      (line, index) => !line.startsWith([...expected].map(([name, status]) => `${name}: ${status}`)[index] ?? '?'),
    )
    expect(wrong).toEqual([])
    expect(tests).toHaveLength(expected.size)
    return true
  },
  0.5,
)

function wordOf({ protocol, port, endPort }: Ports[number]): string {
  if (port === 1 && endPort === MAX_PORT) return `any/${protocol}`
  return `${port === endPort ? port : `${port}-${endPort}`}/${protocol}`
}

/** All ports but some. */
function without(some: Ports): Ports {
  return PROTOCOLS.flatMap((protocol) => {
    const own = some.filter((one) => one.protocol === protocol).sort((a, b) => a.port - b.port)
    const edges = [0, ...own.flatMap(({ port, endPort }) => [port, endPort]), MAX_PORT + 1]
    return Array.from({ length: own.length + 1 }, (_, index) => ({
      protocol,
      port: (edges[2 * index] ?? 0) + 1,
      endPort: (edges[2 * index + 1] ?? 0) - 1,
    })).filter(({ port, endPort }) => port <= endPort)
  })
}
