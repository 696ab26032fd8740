import { thousands } from '../../model/counted.js'
import type { Place } from '../../model/source.js'
import { whereText } from '../explain-flow.js'
import type { Format } from '../formats.js'
import { INCOMPLETE } from '../incomplete.js'
import { codeSpan } from '../matrix/matrix-markdown.js'
import { byCause, type CauseGroup } from './by-cause.js'
import { causeText, otherLines, verdictLine } from './diff-words.js'
import type { DiffResult } from './diff-result.js'
import { endNames, foldedPairs, type EndNames } from './folded-pairs.js'

/** A comment of GitHub or GitLab takes little more; whoever posts it adds some lines of its own. */
const MOST_CHARACTERS = 60_000
/** Room for what says how much was left out, and for what closes the last section. */
const RESERVE = 400
/** So many causes stand open, the others are folded away. */
const MOST_OPEN = 20

/** Markdown for a comment or a step summary: the verdict, what opens before what closes, and the long tail folded away. */
export const markdown: Format<DiffResult> = (result, { inRepository }) => {
  if (result.changes === null) return []
  const nameOf = endNames([...result.changes, ...result.possiblyOpened])
  const linkOf = linker(result, inRepository)
  const groups = [...byCause(result.changes), ...byCause(result.possiblyOpened)]
  const opening = groups.filter(({ changes }) => changes.some(({ opened }) => opened.length > 0))
  const closing = groups.filter((group) => !opening.includes(group))
  const rowsOf = (some: readonly CauseGroup[]) => some.flatMap((group) => groupRows(group, nameOf, linkOf))
  const [first, rest] = [opening.slice(0, MOST_OPEN), opening.slice(MOST_OPEN)]
  const others = otherLines(result)
  const left = result.omittedChanges ?? 0
  const rows = [
    `**netpol-sim diff: ${spoken(verdictLine(result))}**\n`,
    ...rowsOf(first),
    ...folded(`Opened by ${thousands(rest.length)} more edits or sets of edits`, rowsOf(rest)),
    ...folded(
      `Closed by ${closing.length === 1 ? 'one edit or set of edits' : `${thousands(closing.length)} edits or sets of edits`}`,
      rowsOf(closing),
      closing.length > 0 && opening.length === 0,
    ),
    ...folded(
      'Besides',
      others.map((line) => `- ${codeSpan(line)}\n`),
      opening.length + closing.length === 0,
    ),
    ...(left === 0 ? [] : [`\n${thousands(left)} more changes are not shown.\n`]),
    ...result.notes.map(({ message }) => `\nNote: ${codeSpan(message)}\n`),
    ...(result.incomplete ? [`\n${INCOMPLETE}\n`] : []),
  ]
  return cut(rows)
}

/** The verdict has ids of workloads in it. */
function spoken(verdict: string): string {
  return /^[\w ,;-]*$/.test(verdict) ? verdict : codeSpan(verdict)
}

function folded(title: string, rows: readonly string[], isOpen = false): readonly string[] {
  if (rows.length === 0) return []
  return isOpen ? rows : [`\n<details><summary>${title}</summary>\n\n`, ...rows, '\n</details>\n']
}

type LinkOf = (place: Place, side: 'base' | 'head') => string

/** Places in the head are links where the result says to what. */
function linker({ link }: DiffResult, inRepository: (file: string) => string | null): LinkOf {
  return (place, side) => {
    const text = whereText(place)
    if (text === '') return ''
    const path = place.file === null || side === 'base' || link === undefined ? null : inRepository(place.file)
    if (path === null || link === undefined) return ` ${codeSpan(text)}`
    const url = `${link.replace(/\/+$/, '')}/${path.split('/').map(encode).join('/')}${place.line === null ? '' : `#L${place.line}`}`
    return ` [${codeSpan(text)}](${url})`
  }
}

/** What has a meaning to Markdown must not end a link. */
function encode(name: string): string {
  return encodeURIComponent(name).replace(/[()!'*]/g, (found) => `%${found.charCodeAt(0).toString(16)}`)
}

function groupRows({ causes, changes }: CauseGroup, nameOf: EndNames, linkOf: LinkOf): readonly string[] {
  const heading = causes.map((cause) => `${codeSpan(causeText(cause))}${linkOf(cause, cause.side)}`).join(' and ')
  const title = changes[0]?.kind === 'possible' ? 'possibly opened' : 'opened'
  const table = `\n| from | to | ${title} | closed | connections |\n| --- | --- | --- | --- | --- |\n`
  const rows = foldedPairs(changes, nameOf, false).map(({ from, to, opened, closed, remark, count }) => {
    const cells = [
      codeSpan(from),
      codeSpan(to),
      opened,
      closed,
      `${thousands(count)}${remark === '' ? '' : ` ${remark}`}`,
    ]
    return `| ${cells.join(' | ')} |\n`
  })
  return [`\n${heading === '' ? 'no single edit' : heading}\n`, table, ...rows]
}

/** Whole rows, as many as fit, and how many there are besides; what was folded away is closed. */
function cut(rows: readonly string[]): readonly string[] {
  let length = 0
  const first = rows.findIndex((row) => (length += row.length) > MOST_CHARACTERS - RESERVE)
  if (first === -1) return rows
  const kept = rows.slice(0, first)
  const count = (start: string) => kept.filter((row) => row.startsWith(start)).length
  const isOpen = count('\n<details>') > count('\n</details>')
  return [
    ...kept,
    `\n${thousands(rows.length - first)} more rows are left out.\n`,
    ...(isOpen ? ['\n</details>\n'] : []),
  ]
}
