import type { Assertion, AssertionFile, ClosedAssertion, Words } from '../../model/assertion.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { DIRECTIONS } from '../../model/direction.js'
import { parseOwnYaml, type OwnEntry, type OwnNode } from '../../syntax/yaml/config-yaml.js'
import { fullTest, kindOfTest } from './full-test.js'
import { booleanIn, choiceIn, itemsIn, membersOf, Mistake, mistakeIn, optional, wordListIn, wordsIn } from './keys.js'
import { oneLineTest } from './one-line.js'

const KEYS = ['version', 'inputs', 'groups', 'tests', 'closed']

/**
 * Reads an assertion file. Nothing is thrown: a test that is not written as one stands in the file as refused, and what
 * concerns the file as a whole is a problem of it.
 */
export function parseAssertions(text: string, file: string): AssertionFile {
  const problems: Diagnostic[] = []
  const attempt = <Value>(read: () => Value): Value | null => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      problems.push(mistakeIn(file, error))
      return null
    }
  }
  const nothing = { file, inputs: null, groups: new Map<string, null>(), assertions: [], problems }
  const parsed = parseOwnYaml(text)
  if ('problem' in parsed) {
    const { message, help, position: place } = parsed.problem
    problems.push(mistakeIn(file, { message, help, place }))
    return nothing
  }
  const { root } = parsed
  const members = attempt(() => topOf(root))
  if (members === null) return nothing
  attempt(() => membersOf(root, KEYS, 'an assertion file'))
  const before = problems.length
  const inputs = attempt(() => optional(members, 'inputs', inputsIn))
  attempt(() => {
    checkVersion(members, root)
  })
  // Tests about another input, or by other rules, would answer another question
  if (problems.length > before) return nothing
  const entries = attempt(() => optional(members, 'groups', entriesIn)) ?? NO_ENTRIES
  // A mistake in one group keeps no test from being read that does without it
  const groups = new Map([...entries].map(([name, entry]) => [name, attempt(() => groupIn(name, entry))]))
  const tests = attempt(() => optional(members, 'tests', listIn)) ?? []
  const closed = members.get('closed')
  const read = [
    ...tests.map((node): Reading => ({ node, as: kindOfTest(node), read: () => testIn(node) })),
    ...(closed === undefined ? [] : [{ node: closed, as: 'closed', read: () => closedIn(closed) } as const]),
  ]
  if (read.length === 0 && problems.length === 0)
    problems.push(
      mistakeIn(file, { place: root.place, message: 'the file has no tests', help: 'write `tests: [ … ]`' }),
    )
  return { file, inputs, groups, assertions: distinct(read, file), problems }
}

interface Reading {
  readonly node: OwnNode
  readonly as: Exclude<Assertion['kind'], 'refused'>
  readonly read: () => Assertion
}

/** The members of the file; a key that is unknown does not keep the others from being read. */
function topOf(root: OwnNode): ReadonlyMap<string, OwnNode> {
  if (!('entries' in root)) throw new Mistake(root.place, 'the file has no tests', 'it begins with `version: 1`')
  return new Map([...root.entries].map(([key, { value }]) => [key, value]))
}

function checkVersion(members: ReadonlyMap<string, OwnNode>, root: OwnNode): void {
  const version = members.get('version')
  if (version === undefined) throw new Mistake(root.place, 'the file lacks `version`', 'write `version: 1`')
  if (!('scalar' in version) || version.scalar !== 1)
    throw new Mistake(version.place, '`version` must be 1', 'later ones belong to later versions of netpol-sim')
}

function inputsIn(node: OwnNode, what: string): readonly Words[] {
  const inputs = itemsIn(node, what)
  const stdin = inputs.find(({ text }) => text === '-')
  if (stdin === undefined) return inputs
  throw new Mistake(stdin.place, 'standard input can only be named on the command line', 'give `-f -`')
}

function listIn(node: OwnNode, what: string): readonly OwnNode[] {
  if (!('items' in node)) throw new Mistake(node.place, `${what} must be a list`)
  return node.items
}

const NO_ENTRIES: ReadonlyMap<string, OwnEntry> = new Map()

function entriesIn(node: OwnNode, what: string): ReadonlyMap<string, OwnEntry> {
  if (!('entries' in node)) throw new Mistake(node.place, `${what} must map names to peers`)
  return node.entries
}

function groupIn(name: string, { keyPlace, value }: OwnEntry): readonly Words[] {
  if (!/^[A-Za-z0-9][-A-Za-z0-9_.]*$/.test(name))
    throw new Mistake(keyPlace, `\`${name}\` is not a name of a group`, 'use letters, digits, `-`, `_` and `.`')
  const peers = wordListIn(value, `the group \`${name}\``)
  const nested = peers.find(({ text }) => text.startsWith('group:'))
  if (nested !== undefined) throw new Mistake(nested.place, 'groups are not nested', 'list the peers themselves')
  return peers
}

function testIn(node: OwnNode): Assertion {
  if ('scalar' in node) return oneLineTest(wordsIn(node, 'a test'))
  if ('items' in node) throw new Mistake(node.place, 'a test is one line of text or a mapping')
  return fullTest(node)
}

function closedIn(node: OwnNode): ClosedAssertion {
  const members = membersOf(node, ['namespaces', 'directions', 'external', 'certainty', 'why'], '`closed`')
  const namespaces = optional(members, 'namespaces', wordListIn)
  if (namespaces === null) throw new Mistake(node.place, '`closed` lacks `namespaces`', 'write `namespaces: [shop]`')
  const directions = optional(members, 'directions', directionsIn)
  return {
    kind: 'closed',
    name: 'closed',
    place: node.place,
    why: optional(members, 'why', wordsIn)?.text ?? null,
    namespaces,
    directions: directions ?? DIRECTIONS,
    external: optional(members, 'external', booleanIn) ?? true,
    certainty: optional(members, 'certainty', (value, what) =>
      choiceIn(value, ['undefined', 'indeterminate'] as const, what),
    ),
  }
}

function directionsIn(node: OwnNode, what: string): ClosedAssertion['directions'] {
  if (!('items' in node)) return [choiceIn(node, DIRECTIONS, what)]
  if (node.items.length === 0) throw new Mistake(node.place, `${what} is empty, so it would ask nothing`)
  const found = node.items.map((item) => choiceIn(item, DIRECTIONS, `each item of ${what}`))
  return DIRECTIONS.filter((direction) => found.includes(direction))
}

/** Reads each test; of those with one name only the first is taken, since a report must tell them apart. */
function distinct(readings: readonly Reading[], file: string): readonly Assertion[] {
  const names = new Map<string, Assertion>()
  return readings.map(({ node, as, read }): Assertion => {
    const refused = (mistake: Mistake): Assertion => ({
      kind: 'refused',
      as,
      name: nameIn(node, as),
      place: node.place,
      why: null,
      problem: mistakeIn(file, mistake),
    })
    try {
      const test = read()
      const first = names.get(test.name)
      if (first === undefined) {
        names.set(test.name, test)
        return test
      }
      const isLine = 'scalar' in node
      const message = isLine
        ? `the same test as in line ${first.place.line}`
        : `another test has the name \`${test.name}\``
      return refused(
        new Mistake(node.place, message, isLine ? 'leave one out' : `it stands in line ${first.place.line}`),
      )
    } catch (error) {
      if (error instanceof Mistake) return refused(error)
      throw error
    }
  })
}

/** What to call a test that cannot be read. */
function nameIn(node: OwnNode, as: Reading['as']): string {
  if (as === 'closed') return 'closed'
  const name = 'entries' in node ? node.entries.get('name')?.value : node
  const text = name !== undefined && 'scalar' in name ? name.scalar : null
  return text === null ? `the test in line ${node.place.line}` : String(text)
}
