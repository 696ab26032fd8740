import type { PortAtom } from '../../matrix/port-atoms.js'

/** Whether two lists of ports are the same; both are sorted, disjoint and merged. */
export function samePorts(a: readonly PortAtom[], b: readonly PortAtom[]): boolean {
  if (a === b) return true
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index]
      return one.protocol === other?.protocol && one.first === other.first && one.last === other.last
    })
  )
}

/** The ports of one list that are not in another. */
export function portsWithout(ports: readonly PortAtom[], others: readonly PortAtom[]): readonly PortAtom[] {
  if (others.length === 0) return ports
  return ports.flatMap(({ protocol, first, last }) => {
    const left: PortAtom[] = []
    let next = first
    for (const hole of others) {
      if (hole.protocol !== protocol || hole.last < next || hole.first > last) continue
      if (hole.first > next) left.push({ protocol, first: next, last: hole.first - 1 })
      next = hole.last + 1
    }
    return next <= last ? [...left, { protocol, first: next, last }] : left
  })
}

/** The ports that two lists have in common. */
export function commonPorts(ports: readonly PortAtom[], others: readonly PortAtom[]): readonly PortAtom[] {
  return portsWithout(ports, portsWithout(ports, others))
}
