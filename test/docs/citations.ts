import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** An id as in `A-9` or `A-54b`, `A-51 to A-53` for several, and `F-002-005` for several in the name of a scenario. */
const CITATION = /\b([A-F])-(\d{1,3})([a-h]?)\b(?: to \1-(\d{1,3})\b|(?<=F-\d{3})-(\d{3})\b)?/g

/** The files below paths, which are folders or files. */
export function filesBelow(...paths: readonly string[]): readonly string[] {
  return paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
        : [path],
    )
    .filter((path) => statSync(path).isFile())
}

/** The ids of rules that a text cites, all those of a range included. */
export function citationsIn(text: string): readonly string[] {
  return [...text.matchAll(CITATION)].flatMap(([, letter = '', first = '', part = '', last, until]) => {
    const end = Number(last ?? until ?? first)
    const numbers = Array.from({ length: end - Number(first) + 1 }, (_, index) => String(Number(first) + index))
    return numbers.map((number) => `${letter}-${number.padStart(first.length, '0')}${part}`)
  })
}

/** Where each id is cited, in contents and in names of files. */
export function citations(files: readonly string[], textOf = textOfFile): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>()
  for (const file of files) {
    for (const id of new Set(citationsIn(`${file}\n${textOf(file)}`))) places.set(id, [...(places.get(id) ?? []), file])
  }
  return places
}

export function textOfFile(file: string): string {
  return readFileSync(file, 'utf8')
}

/** What a test or fixture claims to test: names of tests and rows, never comments, and nothing but names of a scenario's cases. */
export function claimsOfFile(file: string): string {
  if (file.endsWith('netpol-tests.yaml')) return (textOfFile(file).match(/- name: .*/g) ?? []).join('\n')
  if (!file.endsWith('.ts')) return ''
  return textOfFile(file)
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/(?<=^|\s)\/\/ .*$/gm, '')
}
