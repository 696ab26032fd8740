/** Arbitrary rules and policies whose blocks hold a family, or a pod range, only together, or all but a gap (A-45, E-9). */
import fc from 'fast-check'
import * as u from './generate-universe.js'

type Side = 'from' | 'to'

/** Parts that together hold everything: `0.0.0.0/0 10.0.0.0/8` excepts the second from the first. */
const SPLITS: readonly (readonly string[])[] = [
  ['0.0.0.0/1', '128.0.0.0/1'],
  ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/2'],
  ['0.0.0.0/0 10.0.0.0/8', '10.0.0.0/8'],
  ['0.0.0.0/0 10.0.0.0/8', '10.0.0.0/8 10.0.2.0/23', '10.0.2.0/23'],
  ['0.0.0.0/0 10.0.0.0/22', '10.0.0.0/16'],
  ['::/1', '8000::/1'],
  ['::/0 fd00:10::/64', 'fd00:10::/64'],
  // Pod ranges of the generated options
  ['10.0.0.0/17', '10.0.128.0/17'],
  ['10.0.0.0/23', '10.0.2.0/24', '10.0.3.0/24'],
  ['10.0.1.0/24', '10.0.2.0/23'],
  ['fd00:10::/65', 'fd00:10:0:0:8000::/65'],
]

const blockOf = (text: string): object => {
  const [cidr, ...except] = text.split(' ')
  return { ipBlock: except.length === 0 ? { cidr } : { cidr, except } }
}

/** The parts of one split, or all but one of them. */
export const parts: fc.Arbitrary<object[]> = fc
  .record({ split: fc.constantFrom(...SPLITS), gap: u.chance(25), which: fc.nat() })
  .map(({ split, gap, which }) => split.filter((_, index) => !gap || index !== which % split.length).map(blockOf))

/** Mostly open to the ports that are asked about, and sometimes to some of them only. */
const ports: fc.Arbitrary<unknown> = u.weighted<unknown>(
  [6, u.noList],
  [1, u.pick([{ port: 80 }], [{ port: 53, endPort: 80 }], [{ port: 80, endPort: 65535 }])],
  [1, u.pick([{ port: 1, endPort: 65535 }, { protocol: 'UDP' }], [{}], [{ protocol: 'UDP' }])],
  [1, u.pick(...u.PORT_NAMES).map((port) => [{ port }, { port, protocol: 'UDP' }])],
)

/** One rule for each part. */
function spread(side: Side): fc.Arbitrary<object[]> {
  return fc
    .record({ blocks: parts, ports: fc.array(ports, { minLength: 3, maxLength: 3 }) })
    .map(({ blocks, ports }) => blocks.map((block, n) => u.compact({ [side]: [block], ports: ports[n] })))
}

const subjects = u.pick<unknown>({}, {}, {}, undefined, { matchLabels: { app: 'web' } })

/** Policies in one namespace, whose rules complete each other: one for all of them, or one for each. */
export const unions: fc.Arbitrary<{ namespace: string; spec: unknown }[]> = fc
  .record({
    namespace: u.pick('x', 'y', 'default'),
    podSelector: subjects,
    both: fc.record({ ingress: spread('from'), egress: spread('to') }),
    directions: u.pick(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    apart: fc.boolean(),
  })
  .map(({ namespace, podSelector, both, directions, apart }) => {
    const rules: Record<string, unknown>[] = []
    for (const type of directions) {
      const key = type === 'Ingress' ? 'ingress' : 'egress'
      if (apart) rules.push(...both[key].map((rule) => ({ policyTypes: [type], [key]: [rule] })))
      else rules.push({ policyTypes: [type], [key]: both[key] })
    }
    return rules.map((one) => ({ namespace, spec: u.compact({ podSelector, ...one }) }))
  })
