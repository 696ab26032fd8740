import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { citations, citationsIn, claimsOfFile, filesBelow, textOfFile } from './citations.js'

const PAGE = 'docs/semantics.md'
const GUIDES = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
const page = textOfFile(PAGE)
const anchors = [...page.matchAll(/<a id="([^"]*)"><\/a>/g)].map(([, anchor = '']) => anchor)
/** The ids that have a place on the page, each beside its anchor. */
const defined = [...page.matchAll(/<a id="[^"]*"><\/a>(?:\*\*)?([A-F]-\d+[a-h]?)\b/g)].map(([, id = '']) => id)

describe('ids of rules are found in texts', () => {
  test.each([
    ['alone, and parts of a rule', '(A-9, B-4; A-54b)', ['A-9', 'B-4', 'A-54b']],
    ['from one to another', 'A-51 to A-53', ['A-51', 'A-52', 'A-53']],
    ['from one to another in the name of a scenario', 'F-008-010-deny', ['F-008', 'F-009', 'F-010']],
    ['but not in other words', 'UTF-8, B-9-254-characters, DNA-1', ['B-9']],
  ])('%s', (_, text, ids) => {
    expect(citationsIn(text)).toEqual(ids)
  })

  test('comments claim nothing, names of tests do', () => {
    const tested = citations(filesBelow('test/reference/direction.ts', 'test/reference/rows-nodes.ts'), claimsOfFile)
    expect([tested.has('E-2'), tested.has('F-174')]).toEqual([false, true])
  })
})

describe(PAGE, () => {
  test('defines every rule that source, tests, fixtures or documents cite', () => {
    const cited = citations(filesBelow('src', 'test', 'fixtures', 'docs', 'bench', 'schemas', 'scripts', ...GUIDES))
    const missing = [...cited].filter(([id]) => !defined.includes(id))
    expect(missing.map(([id, files]) => `${id}: ${files.slice(0, 3).join(', ')}`)).toEqual([])
  })

  test('defines no rule that nothing tests', () => {
    const files = filesBelow('test', 'fixtures/scenarios', 'fixtures/invalid').filter(
      (file) => !file.startsWith('test/docs/'),
    )
    const tested = citations(files, claimsOfFile)
    expect(defined.filter((id) => !tested.has(id))).toEqual([])
  })

  test('has one anchor for each rule, which is its id in small letters', () => {
    expect(defined.map((id) => id.toLowerCase())).toEqual(anchors)
    expect(anchors).toEqual([...new Set(anchors)])
    expect(headingsOf(page)).toEqual([...new Set(headingsOf(page))])
  })

  test('gives each source that it names an address, and uses each address', () => {
    const named = [...page.matchAll(/(?<!\])\[([^\]]+)\](?![(:])/g)].map(([, name = '']) => name.replace(/\s+/g, ' '))
    const known = [...page.matchAll(/^\[([^\]]+)\]: https:/gm)].map(([, name = '']) => name)
    expect(known.filter((name) => !named.includes(name))).toEqual([])
    const sources = [...page.matchAll(/_[A-Z][^_]*: (\[[^_]*)\._/g)].flatMap(([, list = '']) => list.split(/,\s+/))
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.filter((name) => !known.includes(name.slice(1, -1).replace(/\s+/g, ' ')))).toEqual([])
  })
})

describe('links between documents', () => {
  const files = [...filesBelow('docs'), ...GUIDES]

  test.each(files.filter((file) => file.endsWith('.md')))(
    '%s: every link leads to a file and a place in it',
    (file) => {
      const links = [...textOfFile(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
      const dead = links.filter(([, path = '', anchor]) => {
        const target = path === '' ? file : join(dirname(file), path)
        if (!existsSync(target)) return true
        if (anchor === undefined) return false
        const text = textOfFile(target)
        return !text.includes(`<a id="${anchor}"></a>`) && !headingsOf(text).includes(anchor)
      })
      expect(dead.map(([link]) => link)).toEqual([])
    },
  )
})

/** The anchors that headings have on GitHub. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
