import type { ClassRule } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens } from './lens.js'

/** Which destinations a source reaches through the groups that name it. */
export interface Membership {
  /** Notes that a rule opens ports of a destination to whom it names. */
  add(rule: ClassRule, destination: number, ports: SetId): void
  /** Ends adding. */
  close(): void
  /** Calls back for each destination and its ports; the same destination may come several times. */
  eachOf(source: number, open: (destination: number, ports: SetId) => void): void
}

interface Group {
  readonly members: readonly number[]
  /** Destination, ports, destination, ports … */
  readonly opened: number[]
}

/** Keeps what is opened by group and not by member, so that a rule for everybody costs no more than one for few. */
export function membership(classes: number, lens: Lens): Membership {
  const groups = new Map<string, Group>()
  const groupsOf: Group[][] = Array.from({ length: classes }, () => [])

  function groupAt(key: string, members: () => readonly number[]): Group {
    const found = groups.get(key) ?? { members: members(), opened: [] }
    groups.set(key, found)
    return found
  }

  return {
    add({ selectors, blocks }, destination, ports) {
      for (const group of selectors) {
        groupAt(`s${group}`, () => lens.selected(group)).opened.push(destination, ports)
      }
      if (blocks !== null) groupAt(`b${blocks}`, () => lens.held(blocks)).opened.push(destination, ports)
    },
    close() {
      for (const group of groups.values()) for (const member of group.members) groupsOf[member]?.push(group)
    },
    eachOf(source, open) {
      for (const { opened } of groupsOf[source] ?? []) {
        for (let index = 0; index < opened.length; index += 2) open(opened[index] ?? 0, opened[index + 1] ?? 0)
      }
    },
  }
}
