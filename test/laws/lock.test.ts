import { describe, expect, test } from 'vitest'
import { loadCluster, matrix, type Cluster, type ConnectionResult } from '../../src/index.js'
import { MAX_PORT, PROTOCOLS } from '../../src/model/protocol.js'
import { lockLines } from '../../src/report/matrix/lock.js'
import { matrixReport } from '../../src/report/matrix/matrix.js'

const EVERY = PROTOCOLS.map((protocol) => ({ protocol, port: 1, endPort: MAX_PORT }))
import { clusterOf, everywhere } from '../support/laws.js'

/** What a lock file says of a matrix, written from its format alone: `several` are the ids that have another replica. */
function expand(lines: readonly string[], ids: readonly string[], several: ReadonlySet<string>): readonly string[] {
  const sides = (direction: string) =>
    lines.flatMap((line) => (line.startsWith(`unprotected\t${direction}\t`) ? [line.split('\t')[2] ?? ''] : []))
  const own = lines.filter((line) => !line.startsWith('unprotected\t')).map((line) => line.split('\t'))
  const nameOf = (end: string) => end.replace(/:.*$/, '')
  const said = new Set(own.map(([from = '', to = '']) => `${nameOf(from)} ${nameOf(to)}`))
  const ends = (some: readonly string[]) => [...some, 'external']
  const free = ends(sides('egress')).flatMap((from) =>
    ends(sides('ingress')).flatMap((to) => {
      const isPair = from !== to ? from !== to : several.has(from)
      return isPair && !(from === 'external' && to === 'external') && !said.has(`${from} ${to}`) ? [[from, to]] : []
    }),
  )
  expect(ids).toEqual(expect.arrayContaining([...sides('egress'), ...sides('ingress')]))
  const whole = free.map(([from = '', to = '']) => {
    const isOutside = from === 'external' || to === 'external'
    return keyOf({ from, to, ports: EVERY, ...(isOutside ? { cidrs: ['0.0.0.0/0', '::/0'] } : {}) })
  })
  return [
    ...own.map(([from = '', to = '', ports = '', certainty, possible, family]) => {
      const cidrs = [from, to].flatMap((end) => (end.startsWith('external:') ? end.slice(9).split(',') : []))
      return [
        nameOf(from),
        nameOf(to),
        cidrs.join(),
        ports,
        certainty ?? 'certain',
        possible ?? 'none',
        family ?? '',
      ].join(' ')
    }),
    ...whole,
  ].sort()
}

function keyOf({
  from,
  to,
  cidrs = [],
  ports,
  certainty = 'certain',
  possible = [],
  family,
}: ConnectionResult): string {
  return [from, to, cidrs.join(), textOf(ports), certainty, textOf(possible), family ?? ''].join(' ')
}

function textOf(ports: ConnectionResult['ports']): string {
  if (ports.length === 0) return 'none'
  if (ports.length === 3 && ports.every(({ port, endPort }) => port === 1 && endPort === MAX_PORT)) return 'any'
  const texts = ports.map(({ protocol, port, endPort }) => ({
    port,
    endPort,
    text:
      port === 1 && endPort === MAX_PORT
        ? `any/${protocol}`
        : `${port === endPort ? port : `${port}-${endPort}`}/${protocol}`,
  }))
  return texts
    .sort((a, b) => a.port - b.port || a.endPort - b.endPort)
    .map(({ text }) => text)
    .join()
}

function expectLossless(cluster: Cluster): void {
  const { connections, endpoints } = matrix(cluster)
  const report = matrixReport(cluster, {})
  const lines = lockLines(report) ?? []
  const ids = endpoints.map(({ id }) => id)
  expect(expand(lines, ids, report.frame?.several ?? new Set())).toEqual((connections ?? []).map(keyOf).sort())
  expect(lines).toEqual([...new Set(lines)].sort())
}

everywhere(
  'a lock file expanded gives the matrix',
  ({ objects }) => {
    expectLossless(clusterOf(objects))
    return true
  },
  0.1,
)

describe('a lock file', () => {
  test.each([
    'fixtures/clusters/demo',
    'fixtures/clusters/production',
    'fixtures/clusters/dual-stack.yaml',
    'fixtures/clusters/world-w.yaml',
  ])('expanded gives the matrix: %s', (path) => {
    expectLossless(loadCluster([path]))
  })
})
