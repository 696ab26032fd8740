import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { COMMAND, taken } from '../processes.js'
import { table } from '../table.js'

/** The memory of a list that is as long as there are pairs, against that of a short one from the same input. */
export function benchList({ quick, input, folder, print }) {
  const pods = quick ? 500 : 1420
  const made = input('open', pods, 'written')
  const rows = [[], ['--from', 'open-0/pod-0', '--to', 'open-1/any']].map((narrowed) => {
    const output = join(folder, 'list')
    const { peak } = taken([COMMAND, 'matrix', '-f', made.folder, '-o', 'list', '-q', ...narrowed], { output })
    const bytes = readFileSync(output)
    rmSync(output)
    const lines = bytes.reduce((sum, byte) => sum + Number(byte === 10), 0)
    return {
      list: narrowed.length === 0 ? 'all pairs' : 'one source',
      lines,
      'MB of it': bytes.length / 1e6,
      'peak MB': peak,
    }
  })
  print(table('list: lists of one input, long and short', rows))
}
