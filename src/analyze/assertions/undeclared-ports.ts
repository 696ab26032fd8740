import type { Words } from '../../model/assertion.js'
import { parsePort } from '../../query/port.js'
import { declaredPorts } from '../declared-ports.js'
import { partyOf } from './ends.js'
import type { Remark } from './outcome.js'
import type { SideEnd } from './sides.js'

/** Warns of single ports that no destination declares although they declare others: a denied typo is green for ever. */
export function undeclaredPorts(destinations: readonly SideEnd[], ofTest: readonly Words[] | null): readonly Remark[] {
  const asked = new Map<string, { readonly words: Words; readonly declared: Set<string> }>()
  for (const { end, namings } of destinations) {
    if (ofTest === null && namings.every(({ ports }) => ports === null)) continue
    const declared = declaredPorts(partyOf(end)).map(({ protocol, port }) => `${port}/${protocol}`)
    for (const { ports, service } of namings) {
      if (service !== null) continue
      for (const words of ports ?? ofTest ?? []) {
        const known = asked.get(words.text) ?? { words, declared: new Set<string>() }
        asked.set(words.text, known)
        for (const one of declared) known.declared.add(one)
      }
    }
  }
  return [...asked.values()].flatMap(({ words: { text, place }, declared }): readonly Remark[] => {
    const port = parsePort(text)
    if (!port.ok || port.value.kind !== 'range' || port.value.first !== port.value.last) return []
    const { first, protocols } = port.value
    if (declared.size === 0 || protocols.some((protocol) => declared.has(`${first}/${protocol}`))) return []
    const known = [...declared].sort().slice(0, 8)
    return [
      {
        severity: 'warning',
        code: 'NP141',
        message: `no destination of this test declares the port \`${text}\``,
        help: `declared are ${known.join(', ')}${declared.size > known.length ? ' and others' : ''}`,
        place,
      },
    ]
  })
}
