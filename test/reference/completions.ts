/**
 * Everything that an input may turn out to be, by writing it into the input: the address of a pod that has none, and
 * the labels of a namespace that has no object. The evaluator then has nothing to guess.
 */
import { type Address, type Family, first, inside, last, parsePrefix, type Prefix, width } from './addresses.js'
import { format } from './generate-universe.js'
import { get, list, text, unset } from './json.js'

function blocksOf(value: unknown, found: Prefix[] = []): Prefix[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'ipBlock') blocksOf(inner, found)
    else for (const cidr of [get(inner, 'cidr'), ...list(get(inner, 'except'))]) found.push(parsePrefix(text(cidr)))
  }
  return found
}

/** E-3: one address for each interval between two edges of blocks, cut to the ranges. */
function addressesToTry(objects: readonly object[], family: Family, ranges: readonly Prefix[]): Address[] {
  const starts = [0n]
  for (const prefix of [...blocksOf(objects), ...ranges]) {
    if (prefix.family === family) starts.push(first(prefix), last(prefix) + 1n)
  }
  const found: Address[] = []
  for (const value of starts) {
    const address = { family, value }
    if (value >= 1n << BigInt(width(family)) || found.some((one) => one.value === value)) continue
    if (ranges.length === 0 || ranges.some((range) => inside(address, range))) found.push(address)
  }
  return found
}

const isPod = (object: object, name: string): boolean =>
  get(object, 'kind') === 'Pod' &&
  `${text(get(get(object, 'metadata'), 'namespace'))}/${text(get(get(object, 'metadata'), 'name'))}` === name

const withAddress = (objects: readonly object[], name: string, address: Address): object[] =>
  objects.map((object) => (isPod(object, name) ? { ...object, status: { podIP: format(address) } } : object))

const NOBODY = { podSelector: { matchLabels: { nobody: 'nobody' } } }

/** Blocks turned into peers that nothing matches, in the rules of one direction. */
function withoutBlocks(objects: readonly object[], side: 'from' | 'to'): object[] {
  const text = JSON.stringify(objects, (key, value: unknown) => {
    if (key !== side) return value
    return list(value).map((peer) => (unset(get(peer, 'ipBlock')) ? peer : NOBODY))
  })
  return JSON.parse(text) as object[]
}

interface UnknownThings {
  /** Pods without an address, and the side of the rules that are about them. */
  pods: { name: string; side: 'from' | 'to' }[]
  namespace: string
  labels: readonly object[]
  ranges: readonly string[]
}

/**
 * Every combination of an address for each pod and of labels for the namespace. Without a range a pod may also have no
 * address that a block could hold: F-108 marks what rests on every address of a family.
 */
export function completions(objects: readonly object[], unknown: UnknownThings, family: Family): object[][] {
  const ranges = unknown.ranges.map(parsePrefix)
  let found: object[][] = [[...objects]]
  for (const { name, side } of unknown.pods) {
    const longer: object[][] = []
    for (const before of found) {
      for (const address of addressesToTry(objects, family, ranges)) longer.push(withAddress(before, name, address))
      if (ranges.length === 0) longer.push(withoutBlocks(before, side))
    }
    found = longer
  }
  return found.flatMap((one) =>
    unknown.labels.map((labels) => [
      ...one,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: unknown.namespace, labels } },
    ]),
  )
}
