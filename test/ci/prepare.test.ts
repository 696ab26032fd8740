import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let clone = ''
beforeEach(() => {
  clone = mkdtempSync(join(realpathSync(tmpdir()), 'netpol-sim-clone-'))
  cpSync('scripts/prepare.js', join(clone, 'scripts/prepare.js'))
  writeFileSync(join(clone, 'package.json'), '{"type": "module"}')
  // Installs what prepare.js looks for, and builds
  writeFileSync(
    join(clone, 'npm.cjs'),
    `const fs = require('node:fs')
fs.writeFileSync('npm.log', process.argv.slice(2).join(' '))
for (const name of ['typescript', 'esbuild']) {
  fs.mkdirSync('node_modules/' + name, { recursive: true })
  fs.writeFileSync('node_modules/' + name + '/index.js', '')
}`,
  )
  writeFileSync(join(clone, 'scripts/build.js'), "console.log('built')\n")
})
afterEach(() => {
  rmSync(clone, { recursive: true })
})

function prepare(env: Readonly<Record<string, string>>) {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/prepare.js'], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], npm_execpath: join(clone, 'npm.cjs'), ...env },
  })
  return [status, stdout.trim()]
}

test('a clone that is installed globally, as pre-commit does it, brings its tools itself and is built', () => {
  expect(prepare({ npm_config_global: 'true' })).toEqual([0, 'built'])
  expect(readFileSync(join(clone, 'npm.log'), 'utf8')).toMatch(/^ci --no-global --ignore-scripts --include=dev/)
})

test('a clone whose tools were left out on purpose is not built, and nothing is installed', () => {
  const [status, said] = prepare({})
  expect([status, said]).toEqual([0, expect.stringContaining('not built')])
  expect(existsSync(join(clone, 'npm.log'))).toBe(false)
})
