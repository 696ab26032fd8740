import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseCluster, type Cluster, type Diagnostic } from '../src/index.js'

const FOLDER = 'fixtures/invalid'
const FLAGS = { '--strict': { strict: true }, '--lenient': { lenient: true } } as const

interface Fixture {
  readonly cluster: Cluster
  /** `CODE path` of each error, once, in the order of section B. */
  readonly expected: readonly string[]
}

/** Reads a fixture, whose first lines say which errors it has, and under which flags. */
function readFixture(file: string): Fixture {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8')
  const options = Object.assign({}, ...headsOf(text, 'flags').flat().map(optionOf)) as object
  const expected = headsOf(text, 'expect').map(([code = '', path = '-']) => `${code} ${path}`)
  return { cluster: parseCluster([{ file, text }], options), expected }
}

function headsOf(text: string, word: string): readonly (readonly string[])[] {
  return [...text.matchAll(new RegExp(`^# ${word}: (.+)$`, 'gm'))].map(([, rest = '']) => rest.trim().split(/ +/))
}

function optionOf(flag: string): object {
  if (flag !== '--strict' && flag !== '--lenient') throw new Error(`unknown flag ${flag}`)
  return FLAGS[flag]
}

/** A message with its place, in a form that does not follow the looks of the command line. */
function render(diagnostic: Diagnostic, cluster: Cluster): string {
  const { code, severity, message, help, object, path, file, line, column } = diagnostic
  const excerpt = file === null || line === null ? null : cluster.excerpt(file, line)
  return [
    `${severity} ${code}: ${message}`,
    `  in ${object ?? '-'} at ${path ?? '-'}`,
    ...(excerpt === null ? [] : [`${String(line).padStart(4)} | ${excerpt}`, `${' '.repeat(6 + (column ?? 1))}^`]),
    ...(help === null ? [] : [`  help: ${help}`]),
  ].join('\n')
}

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')))('%s', (name) => {
  const { cluster, expected } = readFixture(name)
  const errors = cluster.diagnostics.filter(({ severity }) => severity === 'error')

  test('B: has the errors that its head lists, all of them and in their order', () => {
    const found = errors.map(({ code, path }) => `${code} ${path ?? '-'}`)
    expect([...new Set(found)]).toEqual(expected)
    expect(cluster.answerable).toBe(false)
  })

  test('B: every error has a place', () => {
    expect(errors.filter(({ file, line, column }) => file !== name || line === null || column === null)).toEqual([])
  })

  test('B: no error is told twice', () => {
    const told = errors.map((error) => render(error, cluster))
    expect(told).toEqual([...new Set(told)])
  })

  test('B: the messages are those that somebody has read', async () => {
    const text = cluster.diagnostics.map((diagnostic) => `${render(diagnostic, cluster)}\n`).join('\n')
    await expect(text).toMatchFileSnapshot(`../${FOLDER}/${name.replace(/yaml$/, 'out')}`)
  })
})
