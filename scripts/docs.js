// Writes docs/errors.md from the pages that `netpol-sim explain` prints.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/explain/markdown.ts'],
  bundle: true,
  format: 'esm',
  write: false,
})
const { errorsMarkdown } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
writeFileSync(`${root}docs/errors.md`, errorsMarkdown())
