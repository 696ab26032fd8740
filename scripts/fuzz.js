// npm run fuzz -- --documents 500000 --kubectl-documents 100000 --hostile-files 500000 --command-lines 50000: changed manifests through the loader,
// and through kubectl, files that try to hide a policy from one of both, and command lines that try to end in a crash.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const flags = readFlags()
if (flags === null) {
  console.error(
    'usage: npm run fuzz -- [--documents 500000] [--kubectl-documents 100000] [--hostile-files 500000] [--command-lines 50000] [--seed 1]',
  )
  process.exit(2)
}
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.fuzz.config.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FUZZ_DOCUMENTS: flags.documents,
    FUZZ_KUBECTL_DOCUMENTS: flags['kubectl-documents'],
    FUZZ_HOSTILE_FILES: flags['hostile-files'],
    FUZZ_COMMAND_LINES: flags['command-lines'],
    FUZZ_SEED: flags.seed,
  },
})
process.exit(status ?? 1)

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        documents: { type: 'string', default: '500000' },
        'kubectl-documents': { type: 'string', default: '100000' },
        'hostile-files': { type: 'string', default: '500000' },
        'command-lines': { type: 'string', default: '50000' },
        seed: { type: 'string', default: '' },
      },
    })
    return Object.values(values).every((value) => /^\d*$/.test(value)) ? values : null
  } catch {
    return null
  }
}
