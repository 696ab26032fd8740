import type { Words } from '../../model/assertion.js'
import { closest } from '../../model/closest.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Position } from '../../model/source.js'
import type { OwnNode } from '../../syntax/yaml/config-yaml.js'

/** Thrown inside of the reader only, so that one mistake ends the reading of one test. */
export class Mistake extends Error {
  override readonly name = 'Mistake'

  constructor(
    readonly place: Position,
    message: string,
    readonly help: string | null = null,
  ) {
    super(message)
  }
}

/** A mistake in an assertion file as a diagnostic. */
export function mistakeIn(file: string, { message, help, place }: Omit<Mistake, 'name'>): Diagnostic {
  const { line, column } = place
  return { code: 'NP036', severity: 'error', message, help, object: null, path: null, file, line, column }
}

/** The members of a mapping by their keys; a key that is not known is refused, with the one that was probably meant. */
export function membersOf(node: OwnNode, known: readonly string[], what: string): ReadonlyMap<string, OwnNode> {
  if (!('entries' in node)) throw new Mistake(node.place, `${what} must be a mapping with the keys ${known.join(', ')}`)
  for (const [key, { keyPlace }] of node.entries) {
    if (known.includes(key)) continue
    const meant = closest(key, known)
    const help = meant === null ? `the keys are ${known.join(', ')}` : `did you mean \`${meant}\`?`
    throw new Mistake(keyPlace, `\`${key}\` is not a key of ${what}`, help)
  }
  return new Map([...node.entries].map(([key, { value }]) => [key, value]))
}

/** Text, or a number that is written where a text is wanted. */
export function wordsIn(node: OwnNode, what: string): Words {
  const found = 'scalar' in node ? node.scalar : null
  if ((typeof found === 'string' && found.trim() !== '') || typeof found === 'number')
    return { text: String(found), place: node.place }
  throw new Mistake(node.place, `${what} must be text`)
}

/** One text or a list of them; an empty list would match nothing. */
export function wordListIn(node: OwnNode, what: string): readonly Words[] {
  if (!('items' in node)) return [wordsIn(node, what)]
  return itemsIn(node, what)
}

/** A list of texts that is not empty. */
export function itemsIn(node: OwnNode, what: string): readonly Words[] {
  if (!('items' in node)) throw new Mistake(node.place, `${what} must be a list`, `write ${what}: [ … ]`)
  if (node.items.length === 0) throw new Mistake(node.place, `${what} is empty, so it would match nothing`)
  return node.items.map((item) => wordsIn(item, `each item of ${what}`))
}

export function booleanIn(node: OwnNode, what: string): boolean {
  if ('scalar' in node && typeof node.scalar === 'boolean') return node.scalar
  throw new Mistake(node.place, `${what} must be \`true\` or \`false\``)
}

/** One of a few words. */
export function choiceIn<Choice extends string>(node: OwnNode, choices: readonly Choice[], what: string): Choice {
  const found = 'scalar' in node ? node.scalar : null
  const choice = choices.find((one) => one === found)
  if (choice !== undefined) return choice
  const meant = typeof found === 'string' ? closest(found, choices) : null
  const listed = choices.map((one) => `\`${one}\``).join(' or ')
  throw new Mistake(node.place, `${what} must be ${listed}`, meant === null ? null : `did you mean \`${meant}\`?`)
}

/** Applies a reader to a member that may be absent. */
export function optional<Value>(
  members: ReadonlyMap<string, OwnNode>,
  key: string,
  read: (node: OwnNode, what: string) => Value,
): Value | null {
  const node = members.get(key)
  return node === undefined ? null : read(node, `\`${key}\``)
}
