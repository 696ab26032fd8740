import { counted, thousands } from '../../model/counted.js'
import { whereText } from '../explain-flow.js'
import { escapeAll } from '../escape.js'
import type { Detail, Format } from '../formats.js'
import { INCOMPLETE } from '../incomplete.js'
import type { Style } from '../style.js'
import { wrap } from '../wrap.js'
import { byCause, type CauseGroup } from './by-cause.js'
import { causeText, otherLines, verdictLine } from './diff-words.js'
import type { DiffResult } from './diff-result.js'
import { endNames, foldedPairs, type EndNames } from './folded-pairs.js'

/** The result of `diff` for people. */
export const text: Format<DiffResult> = async (result, { style, detail }) => {
  if (result.changes === null) return []
  // Nobody reads here how much is the same, and counting it takes time
  const { opened, closed, changed, possiblyOpened } = result.summary
  const summary = { opened, closed, changed, possiblyOpened, unchanged: 0 }
  return [diffText(escapeAll({ ...result, summary }), await style(), detail)]
}

function diffText(result: DiffResult, style: Style, detail: Detail): string {
  const changes = result.changes ?? []
  const nameOf = endNames([...changes, ...result.possiblyOpened])
  const left = result.omittedChanges ?? 0
  const others = detail === 'quiet' ? [] : otherLines(result)
  const blocks = [
    style.paint('strong', wrap(verdictLine(result), style.width, '  ')),
    ...(detail === 'quiet'
      ? []
      : [...byCause(changes), ...byCause(result.possiblyOpened)].map((group) =>
          groupText(group, nameOf, style, detail),
        )),
    ...(others.length === 0 ? [] : [others.join('\n')]),
    ...(left === 0
      ? []
      : [`${thousands(left)} more changes are not shown; --limit 0 shows all, --from and --to narrow it`]),
    ...result.notes.map(({ message }) => wrap(`note: ${message}`, style.width, '  ')),
    ...(result.incomplete ? [style.paint('mixed', wrap(INCOMPLETE, style.width, '  '))] : []),
  ]
  return `${blocks.join(detail === 'quiet' ? '\n' : '\n\n')}\n`
}

/** One heading for the edits, and below it the pairs. Lines are not wrapped: one that begins with `::` commands a CI. */
function groupText({ causes, changes }: CauseGroup, nameOf: EndNames, style: Style, detail: Detail): string {
  const heading = causes.map((cause, index) => {
    const place = whereText(cause)
    const alone = causes.length > 1 && cause.alone ? '  (alone)' : ''
    const words = `${index === 0 ? '' : 'and '}${causeText(cause)}`
    return `${style.paint('strong', words)}${place === '' ? '' : `  ${style.paint('place', place)}`}${alone}`
  })
  const sign = changes[0]?.kind === 'possible' ? '?' : '+'
  const lines = foldedPairs(changes, nameOf, detail === 'verbose').flatMap(
    ({ from, to, opened, closed, remark, count }) => {
      const pair = `${from} -> ${to}`
      const more = `${remark === '' ? '' : ` ${remark}`}${count === 1 ? '' : `  (${counted(count, 'connection')})`}`
      return [
        ...(opened === '' ? [] : [`  ${style.paint('bad', sign)} ${pair}  ${style.paint('bad', opened)}${more}`]),
        ...(closed === '' ? [] : [`  ${style.paint('good', '-')} ${pair}  ${style.paint('good', closed)}${more}`]),
      ]
    },
  )
  return [...heading, ...lines].join('\n')
}
