import { FACTS } from '../codes/facts.js'
import type { Diagnostic, Severity } from '../model/diagnostic.js'
import { placeText } from './explain-flow.js'
import { escapeTerminal } from './escape.js'
import type { Role, Style } from './style.js'
import { wrap } from './wrap.js'

const ROLES: Readonly<Record<Severity, Role>> = { error: 'bad', warning: 'mixed', info: 'quiet' }

const LONGEST_EXCERPT = 160

/** The line of a file, or null where it cannot be shown. */
export type Excerpt = (file: string, line: number) => string | null

/** A message with the line it is about, in the manner of a compiler. The diagnostic must have been made safe to print. */
export function diagnosticText(diagnostic: Diagnostic, source: Diagnostic, excerpt: Excerpt, style: Style): string {
  const { code, severity, message, help, object, path, file, line, column } = diagnostic
  const shown = source.file === null || line === null ? null : excerpt(source.file, line)
  const gutter = ' '.repeat(String(line ?? '').length)
  const where = [object === null ? null : `in ${object}`, path === null || path === '' ? null : `at ${path}`].filter(
    (part) => part !== null,
  )
  return [
    wrap(`${style.paint(ROLES[severity], `${severity}[${code}]`)}: ${message}`, style.width, '  '),
    ...(file === null ? [] : [`${gutter} --> ${style.paint('place', placeText(diagnostic))}`]),
    ...(shown === null || shown.trim() === '' ? [] : excerptLines(shown, line ?? 1, column ?? 1, gutter, style)),
    ...(where.length === 0 ? [] : [wrap(`${gutter} = ${where.join(' ')}`, style.width, `${gutter}   `)]),
    ...(FACTS[code].isRefused === true
      ? [wrap(`${gutter} = note: the API server refuses this object`, style.width, `${gutter}   `)]
      : []),
    ...(help === null ? [] : [wrap(`${gutter} = help: ${help}`, style.width, `${gutter}   `)]),
  ].join('\n')
}

function excerptLines(text: string, line: number, column: number, gutter: string, style: Style): readonly string[] {
  const longest = style.width === null ? LONGEST_EXCERPT : Math.max(20, style.width - gutter.length - 3)
  const start = column > longest ? column - Math.min(20, longest - 10) : 0
  const cut = text.slice(start, start + longest)
  const before = escapeTerminal(cut.slice(0, column - 1 - start).replaceAll('\t', ' '))
  const rest = cut.slice(column - 1 - start)
  const word = /^(?:"[^"]*"|'[^']*'|[^\s,\]}#]+)/.exec(rest)?.[0] ?? ' '
  return [
    `${gutter} |`,
    `${line} | ${escapeTerminal(cut.replaceAll('\t', ' '))}`,
    `${gutter} | ${' '.repeat(before.length)}${style.paint('bad', '^'.repeat(Math.max(1, escapeTerminal(word).length)))}`,
  ]
}

/** A message in one line with what to do about it, and with the number of messages like it. */
export function diagnosticLine(diagnostic: Diagnostic, style: Style, more = 0): string {
  const { code, severity, message, help, file, object } = diagnostic
  const place = file === null ? '' : `${placeText(diagnostic)}: `
  const others = more === 0 ? '' : ` (and ${more} like it)`
  const advice = help === null || message.includes(help.replace(/^.*?: /, '')) ? '' : `; ${help}`
  const about = object === null ? '' : `${object}: `
  return wrap(
    `${style.paint(ROLES[severity], `${severity}[${code}]`)}: ${place}${about}${message}${others}${advice}`,
    style.width,
    '  ',
  )
}
