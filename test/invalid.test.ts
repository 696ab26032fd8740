import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseCluster, type Cluster, type Diagnostic } from '../src/index.js'
import { diagnosticText } from '../src/report/diagnostic-text.js'
import { PLAIN } from '../src/report/style.js'

const FOLDER = 'fixtures/invalid'

interface Fixture {
  readonly cluster: Cluster
  readonly expected: readonly string[]
}

/** Reads a fixture whose first lines say which errors it must have, and under which flags. */
function readFixture(file: string): Fixture {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8')
  const heads = (word: string) =>
    [...text.matchAll(new RegExp(`^# ${word}: *(.*)$`, 'gm'))].map(([, rest = '']) => rest.trim())
  const flags = heads('flags').flatMap((line) => line.split(/\s+/))
  const unknown = flags.filter((flag) => !['--strict', '--lenient'].includes(flag))
  if (unknown.length > 0) throw new Error(`${file}: unknown flags ${unknown.join(' ')}`)
  const options = { strict: flags.includes('--strict'), lenient: flags.includes('--lenient') }
  const expected = heads('expect').map((line) => {
    const [code = '', path = '-'] = line.split(/\s+/)
    return `${code} ${path}`
  })
  return { cluster: parseCluster([{ file, text }], options), expected }
}

function errorsOf({ diagnostics }: Cluster): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error')
}

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')))('%s', (file) => {
  const { cluster, expected } = readFixture(file)
  const errors = errorsOf(cluster)
  const found = errors.map(({ code, path }) => `${code} ${path ?? '-'}`)

  test('B: exactly the errors that its head lists, in their order', () => {
    expect([...new Set(found)]).toEqual(expected)
    expect(cluster.answerable).toBe(false)
  })

  test('B: every error has its place', () => {
    expect(errors.filter(({ file, line, column }) => file === null || line === null || column === null)).toEqual([])
  })

  test('B: the messages', async () => {
    const texts = cluster.diagnostics.map((diagnostic) =>
      diagnosticText(diagnostic, diagnostic, cluster.excerpt, PLAIN),
    )
    await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot(`../${FOLDER}/${file.replace(/yaml$/, 'out')}`)
  })
})
