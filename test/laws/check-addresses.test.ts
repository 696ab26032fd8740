import { describe, expect } from 'vitest'
import { first, isLoopback, last, parseAddress, parsePrefix, width, type Prefix } from '../reference/addresses.js'
import { format } from '../reference/generate-universe.js'
import { check, type FlowResult } from '../../src/index.js'
import { blocksIn, cidrText, halves } from '../support/laws-blocks.js'
import { clusterOf, everywhere, type Sample } from '../support/laws.js'
import { checked, tell } from '../support/laws-check.js'
import { at, listOf, policiesOf, textOf, type Dict } from '../support/laws-json.js'
import { addressesIn, livePods, podText } from '../support/laws-pods.js'
import { inFamily, summary } from '../support/laws-ports.js'

const cidrsOf = ({ from, to }: FlowResult): readonly string[] => from.cidrs ?? to.cidrs ?? []

const isOutside = (flow: FlowResult): boolean => cidrsOf(flow).length > 0

/** A question between the outside and a pod. */
function questionAbout(outside: string, { objects, questions, random }: Sample) {
  const pod = podText(random.pick(livePods(objects)))
  const asked = random.pick(questions)
  const port = `${asked.port}/${asked.protocol}`
  const both = random.chance(50) ? { from: outside, to: pod } : { from: pod, to: outside }
  return { both: { ...both, port }, about: (other: string) => questionWith(other) }

  function questionWith(other: string) {
    return { port, from: both.from === outside ? other : both.from, to: both.to === outside ? other : both.to }
  }
}

/** An address as text; null where it means something else than an address outside: a pod, a node, or the asker itself. */
function outsideAddress({ family }: Prefix, value: bigint, objects: readonly Dict[]): string | null {
  const text = format({ family, value })
  const taken = addressesIn(objects).some((one) => one.family === family && one.value === value)
  return taken || isLoopback({ family, value }) || parseAddress(text)?.family !== family ? null : text
}

/** Every flow must say of the first and last address of each of its CIDRs what asking about that address says. */
function expectEdges(sample: Sample, outside: string): readonly FlowResult[] {
  const cluster = clusterOf(sample.objects)
  const { both, about } = questionAbout(outside, sample)
  const { flows, verdict } = checked(cluster, both, sample.options)
  for (const flow of flows) {
    for (const cidr of sample.random.shuffled(cidrsOf(flow)).slice(0, 4).map(parsePrefix)) {
      for (const value of new Set([first(cidr), last(cidr)])) {
        const address = outsideAddress(cidr, value, sample.objects)
        if (address === null) continue
        const single = checked(cluster, about(address), sample.options).flows
        // one private address may be that of the pod's own node, where the input shows none of its family; a CIDR is not said to be
        if (single.some(({ notes }) => notes.some(({ code }) => code === 'node-address-unknown'))) {
          expect([address, ...single.map(({ verdict }) => verdict)]).toEqual([address, flow.verdict])
        } else expect([address, ...single.map(tell)]).toEqual([address, tell(flow)])
      }
    }
  }
  const told = flows.filter(isOutside).map((flow) => `${cidrsOf(flow)[0]?.includes(':') === true} ${tell(flow)}`)
  expect(told).toEqual([...new Set(told)])
  expect(verdict).toBe(summary(flows))
  return flows
}

describe('check of addresses', () => {
  everywhere('E-6: says of a CIDR what it says of its addresses, and answers for each of them once', (sample) => {
    const { objects, random } = sample
    const blocks = blocksIn(policiesOf(objects)).flatMap(({ cidr, except }) => [cidr, ...except, ...halves(cidr)])
    const wide = ['0.0.0.0/0', '10.0.0.0/7', '192.0.0.0/3', '::/0', '2000::/3'].map(parsePrefix)
    const asked = random.pick([...blocks, ...wide].filter(({ family, length }) => length < width(family)))
    const flows = expectEdges(sample, cidrText(asked))
    const pieces = flows.flatMap(cidrsOf).map(parsePrefix)
    const sorted = pieces.sort((a, b) => (a.value < b.value ? -1 : 1))
    const known = addressesIn(objects).filter(({ family }) => family === asked.family)
    // What is left out are addresses that pods or nodes have
    const ends = [first(asked) - 1n, ...sorted.map(last)]
    const starts = [...sorted.map(first), last(asked) + 1n]
    for (const [index, start] of starts.entries()) {
      const gap = start - (ends[index] ?? start) - 1n
      const taken = new Set(
        known.map(({ value }) => value).filter((value) => (ends[index] ?? start) < value && value < start),
      )
      expect(gap).toBe(gap === 0n ? 0n : BigInt(taken.size))
    }
    return true
  })

  everywhere('says of the pods and nodes in a CIDR what it says of their addresses', (sample) => {
    const { objects, options, random } = sample
    const known = addressesIn(objects).filter((one) => !isLoopback(one))
    if (known.length === 0) return false
    const { family, value } = random.pick(known)
    const length = width(family) - 1 - random.int(8)
    const bits = BigInt(width(family) - length)
    const around = cidrText(parsePrefix(`${format({ family, value: (value >> bits) << bits })}/${length}`))
    const cluster = clusterOf(objects)
    const { both, about } = questionAbout(around, sample)
    const single = check(cluster, about(format({ family, value })), options)
    if (single.verdict === null || single.flows.some(isOutside)) return false
    if (single.flows.some(({ notes }) => notes.some(({ code }) => code === 'same-pod'))) return false
    const found = checked(cluster, both, options).flows
    const told = ({ from, to, ...flow }: FlowResult) => `${from.id} ${to.id} ${tell({ from, to, ...flow })}`
    expect(found.map(told)).toEqual(expect.arrayContaining(single.flows.map(told)))
    return true
  })

  everywhere(
    'says of `internet` what it says of its addresses',
    (sample) => {
      expectEdges(sample, 'internet')
      return true
    },
    0.5,
  )

  everywhere(
    'says of `external` what it says of its addresses',
    (sample) => {
      expectEdges(sample, 'external')
      return true
    },
    0.5,
  )

  everywhere('says of the address of a pod what it says of the pod, in that family', (sample) => {
    const { objects, options, random } = sample
    const cluster = clusterOf(objects)
    const own = livePods(objects)
      .filter((pod) => at(pod, 'spec', 'hostNetwork') !== true && at(pod, 'status', 'phase') === 'Running')
      .flatMap((pod) => {
        const ips = listOf(at(pod, 'status', 'podIPs')).map((entry) => textOf(at(entry, 'ip')))
        const all = ips.length > 0 ? ips : [textOf(at(pod, 'status', 'podIP'))]
        return all.filter((ip) => ip !== '').map((ip) => ({ name: podText(pod), ip }))
      })
    if (own.length === 0) return false
    const { name, ip } = random.pick(own)
    const family = ip.includes(':') ? 'IPv6' : 'IPv4'
    const { both, about } = questionAbout(ip, sample)
    if (Object.values(about('')).includes(name)) return false
    const byName = checked(cluster, about(name), options).flows
    const wanted = byName.filter(inFamily(family)).map(tell)
    const { flows } = checked(cluster, both, options)
    // By name, the two may meet in the other family
    if (flows.some(({ notes }) => notes.some(({ code }) => code === 'no-shared-family'))) return false
    expect(flows.map(tell)).toEqual(wanted)
    return true
  })
})
