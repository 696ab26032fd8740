// npm run bench:start: what one `check` on a three-pod folder costs as a whole process, as a ratio to bare node.
// Runs take turns, so that whatever else the machine does hits all of them alike; the medians are compared.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const env = { ...process.env }
delete env.NODE_EXTRA_CA_CERTS
const question = ['check', '-f', 'fixtures/clusters/production', 'production/frontend', 'production/backend:8080']
const commands = {
  'bare node': ['-e', '0'],
  'netpol-sim --version': ['bin/netpol-sim.cjs', '--version'],
  'netpol-sim check': ['bin/netpol-sim.cjs', ...question],
}
const rounds = Number(process.argv[2] ?? 41)
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
for (let round = 0; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = process.hrtime.bigint()
    const { status } = spawnSync(process.execPath, args, { cwd: root, env })
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
    times[name].push(Number(process.hrtime.bigint() - start) / 1e6)
  }
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const bare = median(times['bare node'])
for (const [name, taken] of Object.entries(times)) {
  console.log(
    `${name.padEnd(22)} ${median(taken).toFixed(1).padStart(6)} ms  ${(median(taken) / bare).toFixed(2)} x bare node`,
  )
}
