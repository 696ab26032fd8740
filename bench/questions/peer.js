import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compareAnswers } from '../peer/compare.js'
import { commandOf } from '../peer/template.js'
import { COMMAND, medians, run } from '../processes.js'
import { table } from '../table.js'

const SHAPES = ['shop', 'uniform', 'blocks']

/** What a peer may take for one answer, in milliseconds. */
const LIMIT = 120_000

/** Other programs as whole processes against `matrix` on the same folders, where their answers are equal to ours. */
export function benchPeer({ quick, input, folder, print, peers, limit = LIMIT }) {
  for (const template of peers) {
    const rows = (quick ? [100] : [100, 1000]).flatMap((size) =>
      SHAPES.map((shape) => {
        const { folder: dir, pods, policies } = input(shape, size, 'written')
        const ours = [COMMAND, 'matrix', '-f', dir, '-o', 'csv', '-q']
        const commands = { ours, peer: commandOf(template, dir) }
        return { shape, pods, policies, ...rowOf(commands, { folder, limit, rounds: quick ? 3 : 7 }) }
      }),
    )
    print(table(`peer: ${template} against matrix, whole processes; only equal answers have a ratio`, rows))
  }
}

/** A ratio of different answers would say nothing, so answers come first. */
function rowOf({ ours, peer }, { folder, limit, rounds }) {
  const row = (answer, pairs = null, times = null) => ({
    'pairs open': pairs,
    'ms of netpol-sim': times?.ours ?? null,
    'peer ÷ netpol-sim': times === null ? null : times.peer / times.ours,
    answer,
  })
  const answered = printed(ours, { folder })
  let compared
  try {
    compared = compareAnswers(answered, printed(peer, { folder, limit }))
  } catch (error) {
    return row(`not compared: ${oneLine(error.message)}`)
  }
  const { pairs, difference } = compared
  if (difference !== null) return row(`differs: ${difference}`, pairs)
  try {
    return row('equal', pairs, medians({ ours, peer }, rounds, { limit }))
  } catch (error) {
    return row(`equal, but not timed: ${oneLine(error.message)}`, pairs)
  }
}

function printed(command, { folder, limit }) {
  const output = join(folder, 'answer')
  try {
    run(command, { output, limit })
    return readFileSync(output, 'utf8')
  } finally {
    rmSync(output, { force: true })
  }
}

/** What a program writes to its standard error may be anything; a row of a table is one line. */
function oneLine(text) {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
