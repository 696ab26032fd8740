import { escapeTerminal } from './escape.js'
import type { Place } from '../model/source.js'
import type { Page } from './formats.js'

/** GitHub shows ten annotations of a level in a step; the last of them counts the others. */
const MOST = 9

export type Level = 'error' | 'warning' | 'notice'

/** Annotations as lines, as many as are shown, and how many there are besides. */
export function fewAnnotations(level: Level, lines: readonly string[], things: string): readonly string[] {
  const more = lines.length - MOST
  const shown = more > 0 ? [...lines.slice(0, MOST), `::${level}::${data(`${more} more ${things}`)}`] : lines
  return shown.map((line) => `${line}\n`)
}

/** An annotation of a GitHub workflow, at a place where that is in the repository. */
export function annotation(
  level: Level,
  { file, line, column }: Place,
  title: string,
  message: string,
  inRepository: Page['inRepository'],
): string {
  const path = file === null ? null : inRepository(file)
  const place =
    path === null
      ? []
      : [
          ['file', path],
          ...(line === null
            ? []
            : [
                ['line', line],
                ['col', column ?? 1],
              ]),
        ]
  const properties = [...place, ['title', title]].map(([key, value]) => `${key ?? ''}=${property(String(value))}`)
  return `::${level} ${properties.join(',')}::${data(message)}`
}

/** What a workflow command says: `%` first, since the others are written with it. */
function data(text: string): string {
  return escapeTerminal(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
