import { counted, thousands } from '../../model/counted.js'
import type { Format } from '../formats.js'
import { annotation, fewAnnotations, type Level } from '../annotations.js'
import { byCause } from './by-cause.js'
import { causeText, protectionLines, settingLines, verdictLine } from './diff-words.js'
import type { DiffResult } from './diff-result.js'
import { failsOn } from './fail-on.js'
import { endNames, foldedPairs } from './folded-pairs.js'

/** So many pairs are told in an annotation. */
const MOST_PAIRS = 3

/**
 * Annotations of a GitHub workflow: one for each cause on the line of the head, an error where `--fail-on` holds, and one for each
 * setting that is another and each note.
 */
export const github: Format<DiffResult> = (result, { inRepository }) => {
  if (result.changes === null) return []
  const nameOf = endNames([...result.changes, ...result.possiblyOpened])
  const found = [...byCause(result.changes), ...byCause(result.possiblyOpened)].map(({ causes, changes }) => {
    const isFailing = changes.some((change) => failsOn(change, result.failing))
    const level: Level = isFailing ? 'error' : changes.some(({ opened }) => opened.length > 0) ? 'warning' : 'notice'
    const verb = changes[0]?.kind === 'possible' ? 'may open' : 'opens'
    const pairs = foldedPairs(changes, nameOf, false)
    const told = pairs.slice(0, MOST_PAIRS).map(({ from, to, opened, closed, count }) => {
      const ports = [
        ...(opened === '' ? [] : [`${verb} ${opened}`]),
        ...(closed === '' ? [] : [`closes ${closed}`]),
      ].join(', ')
      return `${ports} from ${from} to ${to}${count === 1 ? '' : ` (${counted(count, 'connection')})`}`
    })
    const more = pairs.length > MOST_PAIRS ? ` and ${thousands(pairs.length - MOST_PAIRS)} more` : ''
    // The line of what was removed is not in the head
    const [place = NOWHERE] = causes.filter(({ side }) => side === 'head')
    const message = `${causes.map(causeText).join(', and ')}: ${told.join('; ')}${more}`
    return { level, line: annotation(level, place, 'netpol-sim diff', message, inRepository) }
  })
  const isLost = result.failing.includes('isolation-lost') || result.failing.includes('dns-lost')
  const lost = {
    isolation: result.isolation.filter(({ change }) => change === 'lost'),
    dns: result.dns.filter(({ change }) => change === 'lost'),
  }
  const others = (isLost ? protectionLines(lost) : []).map((message) => ({
    level: 'error' as const,
    line: annotation('error', NOWHERE, 'netpol-sim diff', message, inRepository),
  }))
  // Settings of the head may keep from it what it opens
  const about = [...settingLines(result.settingsChanged), ...result.notes.map(({ message }) => message)].map(
    (message) => ({
      level: 'warning' as const,
      line: annotation('warning', NOWHERE, 'netpol-sim diff', message, inRepository),
    }),
  )
  const all = [...about, ...found, ...others]
  return (['error', 'warning', 'notice'] as const).flatMap((level) =>
    fewAnnotations(
      level,
      all.flatMap((one) => (one.level === level ? [one.line] : [])),
      `edits; ${verdictLine(result)}`,
    ),
  )
}

const NOWHERE = { file: null, line: null, column: null }
