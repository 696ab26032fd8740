// npm run test:oracle -- FILE: compares every point of a file of verdicts with ours.
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: npm run test:oracle -- FILE.jsonl.gz')
  process.exit(2)
}
execFileSync('npx', ['vitest', 'run', '--config', 'vitest.oracle.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, ORACLE_FILE: resolve(file) },
})
