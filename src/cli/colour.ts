import type { Stream, Io } from './io.js'
import { PLAIN, type Style } from '../report/style.js'

/** What `--color` can be. */
export type ColourChoice = 'always' | 'never' | 'auto'

/** Whether a stream gets colours: the flag, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
function wantsColour(choice: ColourChoice, stream: Stream, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always'
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return stream.isTerminal && env['TERM'] !== 'dumb'
}

/** The style of a stream. What draws colours and tables is loaded only if it is used. */
export async function styleOf(
  choice: ColourChoice,
  stream: Stream,
  env: Io['env'],
  needsTable: boolean,
): Promise<Style> {
  const width = stream.isTerminal ? stream.columns : null
  const paint = wantsColour(choice, stream, env) ? (await import('../report/chalk.js')).painter(1) : PLAIN.paint
  const table = stream.isTerminal && needsTable ? (await import('../report/table.js')).ruledTable : PLAIN.table
  return { paint, width, table }
}
