import { grouped } from '../../model/grouped.js'
import type { NamespaceReach } from './namespace-reach.js'

/** Namespaces that a test speaks of as one: a single one, or all that begin alike and behave alike. */
export interface NamespaceUnit {
  /** `shop`, or `tenant-*`. */
  readonly glob: string
  readonly members: readonly string[]
  /** Its members may reach one another. */
  readonly isOpenWithin: boolean
}

/** Two may be alike by chance. */
const FEWEST = 3

/** Puts namespaces together that begin alike and that everybody else reaches, and is reached by, in the same way. */
export function namespaceUnits(reach: NamespaceReach): readonly NamespaceUnit[] {
  const taken = new Set<string>()
  const groups = beginnings(reach.namespaces).flatMap(([glob, members]): readonly NamespaceUnit[] => {
    if (members.some((member) => taken.has(member))) return []
    const within = alike(reach, members)
    if (within === null) return []
    for (const member of members) taken.add(member)
    return [{ glob, members, isOpenWithin: within === 'open' }]
  })
  const single = reach.namespaces
    .filter((namespace) => !taken.has(namespace))
    .map((namespace) => ({ glob: namespace, members: [namespace], isOpenWithin: true }))
  return [...groups, ...single].sort((a, b) => (a.glob < b.glob ? -1 : 1))
}

/** All namespaces that begin with the same words, the most first: no glob may match others. */
function beginnings(namespaces: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const pairs = namespaces.flatMap((namespace) =>
    [...namespace.matchAll(/-/g)].map(({ index }) => ({ glob: `${namespace.slice(0, index + 1)}*`, namespace })),
  )
  return [...grouped(pairs, ({ glob }) => glob)]
    .map(([glob, found]) => [glob, found.map(({ namespace }) => namespace)] as const)
    .filter(([, members]) => members.length >= FEWEST)
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
}

/** Whether members reach one another, if all of them or none do; null where they are not alike. */
function alike(reach: NamespaceReach, members: readonly string[]): 'open' | 'closed' | null {
  const own = new Set(members)
  const seen = (namespace: string) => {
    const others = [reach.into(namespace), reach.outOf(namespace)].map((all) =>
      [...all].filter((other) => !own.has(other)).sort(),
    )
    return JSON.stringify([others, reach.fromOutside(namespace)])
  }
  const [first = ''] = members
  const expected = seen(first)
  if (members.some((member) => seen(member) !== expected)) return null
  const inside = members.map((member) => [...reach.into(member)].filter((other) => own.has(other)).length)
  if (inside.every((count) => count === 0)) return 'closed'
  return inside.every((count) => count === members.length - 1) ? 'open' : null
}
