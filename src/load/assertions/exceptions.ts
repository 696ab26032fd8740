import type { Exception } from '../../model/assertion.js'
import type { OwnNode } from '../../syntax/yaml/config-yaml.js'
import { membersOf, Mistake, optional, wordListIn } from './keys.js'

/** Reads `except`: `same-namespace`, `{from: PEER}`, `{to: PEER}`, both, or a list of these. */
export function exceptionsIn(node: OwnNode): readonly Exception[] {
  if (!('items' in node)) return [exceptionIn(node)]
  if (node.items.length === 0) throw new Mistake(node.place, '`except` is empty, so it leaves nothing out')
  return node.items.map(exceptionIn)
}

function exceptionIn(node: OwnNode): Exception {
  const { place } = node
  if ('scalar' in node) {
    if (node.scalar === 'same-namespace') return { place, sameNamespace: true, from: null, to: null }
    const text = String(node.scalar)
    throw new Mistake(
      place,
      `\`${text}\` in \`except\` does not say which end it is`,
      `write {from: ${text}} or {to: ${text}}`,
    )
  }
  const members = membersOf(node, ['from', 'to'], '`except`')
  const [from, to] = [optional(members, 'from', wordListIn), optional(members, 'to', wordListIn)]
  if (from === null && to === null) throw new Mistake(place, 'the exception names no end', 'write {from: …} or {to: …}')
  return { place, sameNamespace: false, from, to }
}
