// Before and after `npm pack`: the package has no script that npm would run, or warn of, where it is installed.
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../package.json', import.meta.url))
const kept = `${file}.kept`

if (process.argv[2] === 'before') {
  if (!existsSync(kept)) copyFileSync(file, kept)
  const manifest = JSON.parse(readFileSync(kept, 'utf8'))
  delete manifest.scripts
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
} else if (existsSync(kept)) renameSync(kept, file)
