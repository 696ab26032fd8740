// Makes a command line of commander and js-yaml that parses its words and its files, and does no more: what any start costs at least.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

const SOURCE = `
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { loadAll } from 'js-yaml'

const program = new Command('check').argument('<from>').argument('<to>').requiredOption('-f, --file <folder>')
program.action((from, to, { file }) => {
  const documents = readdirSync(file).flatMap((name) => loadAll(readFileSync(join(file, name), 'utf8')))
  console.log(from, to, documents.length)
})
program.parse()`

/** Runs the bundle; its compiled form is kept when that is not there yet, and used afterwards, as the package does with its own. */
const START = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { Script } = require('node:vm')
const kept = __filename + '.cache'
const source = '(function (require) {' + readFileSync(__dirname + '/packages-alone.bundle.cjs', 'latin1') + '\\n})'
const cachedData = existsSync(kept) ? readFileSync(kept) : undefined
const script = new Script(source, { filename: 'packages-alone', cachedData })
if (script.cachedDataRejected) throw new Error('the compiled form is of another Node')
script.runInThisContext()(require)
if (cachedData === undefined) process.on('exit', () => writeFileSync(kept, script.createCachedData()))`

/** Makes it in a folder, with its compiled form, by asking what it will be asked; says which file is to be run. */
export function packagesAlone(folder, args) {
  const start = join(folder, 'packages-alone.cjs')
  buildSync({
    absWorkingDir: root,
    stdin: { contents: SOURCE, resolveDir: root, loader: 'js' },
    outfile: join(folder, 'packages-alone.bundle.cjs'),
    bundle: true,
    minify: true,
    charset: 'ascii',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  })
  writeFileSync(start, START)
  execFileSync(process.execPath, [start, ...args], { stdio: 'ignore' })
  return start
}
