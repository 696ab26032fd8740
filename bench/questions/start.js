import { COMMAND, medians, taken } from '../processes.js'
import { table } from '../table.js'

const FOLDER = 'fixtures/clusters/production'

/** What a start costs: a `check` and a `matrix` of three pods, against bare node. */
export function benchStart({ quick, print }) {
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
