// npm run test:deep -- --minutes 20: random clusters and all small policies against the reference evaluator.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const minutes = readMinutes()
if (minutes === null) {
  console.error('usage: npm run test:deep -- [--minutes 20]')
  process.exit(2)
}
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.deep.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, DEEP_MINUTES: String(minutes) },
})
process.exit(status ?? 1)

function readMinutes() {
  try {
    const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } })
    const number = Number(values.minutes)
    return number > 0 && Number.isFinite(number) ? number : null
  } catch {
    return null
  }
}
