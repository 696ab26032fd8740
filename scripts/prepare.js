// Builds after `npm install` in a clone. Where the tools to build with were left out there is nothing to do.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
try {
  require.resolve('typescript')
  require.resolve('esbuild')
} catch {
  console.log('netpol-sim: not built, because TypeScript and esbuild are not installed (npm install brings them)')
  process.exit(0)
}
await import('./build.js')
