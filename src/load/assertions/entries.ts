import type { AllowOnlyAssertion, AllowOnlyEntry } from '../../model/assertion.js'
import type { OwnNode } from '../../syntax/yaml/config-yaml.js'
import { booleanIn, itemsIn, membersOf, Mistake, optional, wordListIn, wordsIn } from './keys.js'

/** Reads the list of `allowOnlyFrom` or `allowOnlyTo`; an empty one is nobody. */
export function entriesIn(node: OwnNode, kind: AllowOnlyAssertion['kind']): readonly AllowOnlyEntry[] {
  if (!('items' in node)) throw new Mistake(node.place, `\`${kind}\` must be a list`, `nobody is \`${kind}: []\``)
  return node.items.map((item) => entryIn(item, kind))
}

function entryIn(node: OwnNode, kind: AllowOnlyAssertion['kind']): AllowOnlyEntry {
  if (!('entries' in node)) {
    const peers = [wordsIn(node, `an entry of \`${kind}\``)]
    return { place: node.place, peers, ports: null, mayBeClosed: false, knownGap: null }
  }
  const end = kind === 'allowOnlyFrom' ? 'from' : 'to'
  const members = membersOf(node, [end, 'ports', 'mayBeClosed', 'knownGap'], `an entry of \`${kind}\``)
  const peers = optional(members, end, wordListIn)
  if (peers === null) throw new Mistake(node.place, `the entry lacks \`${end}\``)
  const mayBeClosed = optional(members, 'mayBeClosed', booleanIn) ?? false
  const knownGap = optional(members, 'knownGap', wordsIn)?.text ?? null
  if (mayBeClosed && knownGap !== null)
    throw new Mistake(node.place, 'a known gap is open: it cannot have `mayBeClosed`', 'leave one of them out')
  return { place: node.place, peers, ports: optional(members, 'ports', itemsIn), mayBeClosed, knownGap }
}
