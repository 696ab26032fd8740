// Runs the commands in the ```console blocks of README.md and writes what they print below them.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = `${root}README.md`
const text = readFileSync(page, 'utf8').replaceAll(/```console\n\$ npx netpol-sim (.*)\n[^]*?```/g, (_, command) => {
  const { stdout } = spawnSync(process.execPath, [`${root}bin/netpol-sim.cjs`, ...command.split(' ')], {
    cwd: root,
    encoding: 'utf8',
  })
  return `\`\`\`console\n$ npx netpol-sim ${command}\n${stdout}\`\`\``
})
writeFileSync(page, text)
execFileSync('npx', ['prettier', '--write', page], { cwd: root, stdio: 'inherit' })
