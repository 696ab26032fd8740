import { counted } from '../model/counted.js'
import type { Cluster } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { diagnosticLine, diagnosticText } from '../report/diagnostic-text.js'
import { escapeAll } from '../report/escape.js'
import { gather, type Gathered } from '../report/gather.js'
import type { Style } from '../report/style.js'

/** Errors are shown whole, but not without end. */
const MOST_ERRORS = 20

/** How many lines a text takes that lines are put together to. */
export function linesIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.split('\n').length, 0)
}

/**
 * Errors as texts that take at most `room` lines: with what they are about, as many of the first as can be, the others in
 * a line each, and at the end how many more there are.
 */
export function errorTexts(
  errors: readonly Diagnostic[],
  cluster: Cluster,
  style: Style,
  room: number,
): readonly string[] {
  const gathered = room === Infinity ? errors.map((diagnostic) => ({ diagnostic, more: 0 })) : gather(errors)
  const most = room === Infinity ? gathered.length : MOST_ERRORS
  const whole = gathered.slice(0, most).map((error) => wholeText(error, cluster, style))
  const short = gathered
    .slice(0, most)
    .map(({ diagnostic, more }) => diagnosticLine(escapeAll(diagnostic), style, more))
  for (let details = whole.length; details >= 0; details -= 1) {
    const end = gathered.length > most ? [moreOf(gathered.length - most, 'error')] : []
    const apart = whole.slice(0, details).flatMap((texts) => [...texts, ''])
    for (const first of [apart, whole.slice(0, details).flat()]) {
      const texts = [...first, ...short.slice(details), ...end]
      if (linesIn(texts) <= room) return texts
    }
  }
  const few = thatFit(short, room - 1)
  return [...few, moreOf(gathered.length - few.length, 'error')]
}

function wholeText({ diagnostic, more }: Gathered, { excerpt }: Cluster, style: Style): readonly string[] {
  const text = diagnosticText(escapeAll(diagnostic), diagnostic, excerpt, style)
  return more === 0 ? [text] : [text, `and ${more} like it, shown with -v`]
}

/** Warnings in a line each, at most `room` of them, and how many more there are. */
export function warningTexts(warnings: readonly Diagnostic[], style: Style, room: number): readonly string[] {
  const verbose = room === Infinity
  const gathered = verbose ? warnings.map((diagnostic) => ({ diagnostic, more: 0 })) : gather(warnings)
  const texts = gathered.map(({ diagnostic, more }) => diagnosticLine(escapeAll(diagnostic), style, more))
  if (linesIn(texts) <= room) return texts
  const few = thatFit(texts, room - 1)
  return few.length === 0 ? [] : [...few, moreOf(texts.length - few.length, 'warning')]
}

/** So many texts from the first on that their lines have room. */
function thatFit(texts: readonly string[], room: number): readonly string[] {
  let left = room
  const end = texts.findIndex((text) => (left -= linesIn([text])) < 0)
  return end === -1 ? texts : texts.slice(0, end)
}

function moreOf(count: number, thing: string): string {
  return `${counted(count, `more ${thing}`)}, shown with -v`
}
