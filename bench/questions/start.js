import { packagesAlone } from '../packages-alone.js'
import { COMMAND, medians, taken } from '../processes.js'
import { table } from '../table.js'

const FOLDER = 'fixtures/clusters/production'

/** What a start costs: a `check` and a `matrix` of three pods, and a `check` of a web shop, against bare node. */
export function benchStart(bench) {
  benchThreePods(bench)
  benchShop(bench)
}

function benchThreePods({ quick, print }) {
  const commands = {
    'bare node': ['-e', '0'],
    '--version': [COMMAND, '--version'],
    check: [COMMAND, 'check', '-f', FOLDER, 'production/frontend', 'production/backend:8080'],
    matrix: [COMMAND, 'matrix', '-f', FOLDER, '-o', 'list'],
  }
  const times = medians(commands, quick ? 11 : 41)
  const bare = taken(commands['bare node'])
  const rows = Object.entries(commands).map(([command, args]) => {
    const { modules, files, peak } = taken(args)
    const sizes = Object.values(files)
    return {
      command,
      '× bare node': times[command] / times['bare node'],
      'modules of node more': modules - bare.modules,
      'own files': sizes.length,
      'bytes of them': sizes.reduce((sum, size) => sum + size, 0),
      'peak MB': peak,
    }
  })
  print(table('start: whole processes on three pods', rows))
}

/** The same packages without anything of ours show what there is left to save. */
function benchShop({ quick, folder, input, print }) {
  const made = input('shop', 84, 'written')
  const question = ['check', '-f', made.folder, 'shop-0/frontend', 'shop-0/cart:8080']
  const words = question.slice(1)
  const commands = {
    'bare node': ['-e', '0'],
    check: [COMMAND, ...question],
    'commander and js-yaml alone': [packagesAlone(folder, words), ...words],
  }
  const times = medians(commands, quick ? 11 : 41)
  const rows = Object.entries(times).map(([command, time]) => ({
    command,
    policies: made.policies,
    'bytes of input': made.bytes,
    '× bare node': time / times['bare node'],
  }))
  print(table('start: whole processes on a web shop', rows))
}
