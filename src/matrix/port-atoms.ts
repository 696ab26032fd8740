import type { CompiledCluster } from '../engine/compile.js'
import { MAX_PORT, PROTOCOLS, type Protocol } from '../model/protocol.js'
import type { PortRange } from '../model/policy.js'
import { criteriaOf } from '../policy/criteria.js'

/** Neighbouring ports of one protocol that no policy of the cluster tells apart. */
export interface PortAtom extends PortRange {
  readonly protocol: Protocol
}

/** Every port, as a list of ranges. */
export const EVERY_PORT: readonly PortAtom[] = PROTOCOLS.map((protocol) => ({ protocol, first: 1, last: MAX_PORT }))

/**
 * Cuts the ports of all protocols wherever a rule begins or ends, or a pod declares a port whose name a rule uses;
 * and where any of the ports begins or ends that a question names.
 */
export function portAtoms(
  { policies, cluster: { workloads } }: Pick<CompiledCluster, 'policies' | 'cluster'>,
  asked: Iterable<PortAtom> = [],
): readonly PortAtom[] {
  const starts: Record<Protocol, Set<number>> = { TCP: new Set([1]), UDP: new Set([1]), SCTP: new Set([1]) }
  for (const { protocol, first, last } of asked) starts[protocol].add(first).add(last + 1)
  const names = new Set<string>()
  for (const { protocol, port } of criteriaOf(policies).ports) {
    if (typeof port === 'string') names.add(port)
    else if (port !== null) starts[protocol].add(port.first).add(port.last + 1)
  }
  for (const { pods } of workloads) {
    for (const { ports } of pods) {
      for (const { name, protocol, port } of ports) {
        if (name !== null && names.has(name)) starts[protocol].add(port).add(port + 1)
      }
    }
  }
  return PROTOCOLS.flatMap((protocol) => {
    const sorted = [...starts[protocol]].filter((start) => start <= MAX_PORT).sort((a, b) => a - b)
    return sorted.map((first, index) => ({ protocol, first, last: (sorted[index + 1] ?? MAX_PORT + 1) - 1 }))
  })
}

/** Finds the atom of a protocol that holds a port, by its place in the list. */
export function atomFinder(atoms: readonly PortAtom[]): (protocol: Protocol, port: number) => number {
  return (protocol, port) => {
    const wanted = PROTOCOLS.indexOf(protocol)
    let [low, high] = [0, atoms.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const atom = atoms[middle]
      const place = atom === undefined ? wanted : PROTOCOLS.indexOf(atom.protocol)
      if (place < wanted || (place === wanted && (atom?.last ?? 0) < port)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Joins neighbours; the atoms come sorted. */
export function mergeAtoms(atoms: readonly PortAtom[]): readonly PortAtom[] {
  const { take, end } = merging(atoms)
  if (atoms.length > 0) take(0, atoms.length - 1)
  return end()
}

/** Collects stretches of some atoms by their numbers, which ascend, and joins those that are neighbours. */
export function merging(atoms: readonly PortAtom[]): {
  readonly take: (first: number, last: number) => void
  readonly end: () => readonly PortAtom[]
} {
  const joined: PortAtom[] = []
  let start: PortAtom | undefined
  let before: PortAtom | undefined
  const close = (): void => {
    if (start !== undefined && before !== undefined)
      joined.push(start === before ? start : { ...start, last: before.last })
    start = undefined
  }
  return {
    take(first, last) {
      for (let number = first; number <= last; number++) {
        const atom = atoms[number]
        if (start === undefined || before?.protocol !== atom?.protocol || (before?.last ?? 0) + 1 !== atom?.first) {
          close()
          start = atom
        }
        before = atom
      }
    },
    end() {
      close()
      return joined
    },
  }
}
