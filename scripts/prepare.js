// Builds after `npm install` in a clone. Where the tools to build with were left out there is nothing to do.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
// `npm install -g git+…`, as pre-commit does it, installs what a clone needs globally as well, where the clone does not find it
if (!hasTools() && process.env.npm_config_global === 'true') installTools()
if (!hasTools()) {
  console.log('netpol-sim: not built, because TypeScript and esbuild are not installed (npm install brings them)')
  process.exit(0)
}
await import('./build.js')

function hasTools() {
  try {
    require.resolve('typescript')
    require.resolve('esbuild')
    return true
  } catch {
    return false
  }
}

function installTools() {
  const { npm_execpath: npm, ...env } = process.env
  if (npm === undefined) return
  const args = [npm, 'ci', '--no-global', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  execFileSync(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
}
