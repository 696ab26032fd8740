// Builds dist/: the library and the command line with esbuild, types with tsc, and the compiled form of the command line.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

/** commander can start other programs for subcommands; netpol-sim has none of those, and loading the module takes time. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('node_modules') ? { path: 'child_process', namespace: 'left-out' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** Of js-yaml only what reads: our schemas take the place of its own, and nothing is ever written as YAML. */
const onlyLoader = {
  name: 'only-loader',
  setup({ onResolve, onLoad }) {
    const lib = `${root}node_modules/js-yaml/lib`
    onResolve({ filter: /^js-yaml$/ }, () => ({ path: 'js-yaml', namespace: 'loader' }))
    onResolve({ filter: /^\.\/schema\/default$/ }, () => ({ path: `${lib}/schema/failsafe.js` }))
    onLoad({ filter: /.*/, namespace: 'loader' }, () => ({
      resolveDir: lib,
      contents: `
        export { load } from './loader'
        export { default as FAILSAFE_SCHEMA } from './schema/failsafe'
        export { default as Schema } from './schema'
        export { default as Type } from './type'
        export { default as YAMLException } from './exception'`,
    }))
  },
}

/** What only some runs need is loaded by those: colours, tables, pages of codes, settings, writing a file. */
const lazy = [
  '../report/chalk.js',
  '../report/table.js',
  '../../explain/explain.js',
  '../../report/matrix/print.js',
  '../lock.js',
  './print.js',
  '../assertion-files.js',
  '../initial-files.js',
  '../../report/test/test-report.js',
  './render.js',
  './config/read-config.js',
  './output-file.js',
  '../completion-scripts.js',
  '../sides/commit.js',
  '../diff-run.js',
  './print-diff.js',
  './print-policies.js',
  '../../report/policies/print-policies.js',
]
const lazyParts = {
  name: 'lazy-parts',
  setup({ onResolve }) {
    onResolve(
      {
        filter:
          /\/(?:chalk|table|explain|print|read-config|output-file|completion-scripts|assertion-files|initial-files|test-report|render|lock|commit|diff-run|print-diff|print-policies)\.js$/,
      },
      ({ path, kind }) =>
        kind === 'dynamic-import' && lazy.includes(path)
          ? { path: `./${path.split('/').at(-1)?.replace('.js', '.cjs')}`, external: true }
          : undefined,
    )
  },
}

/** What messages need to know of their codes, as data: the pages of the codes are for those who ask for one. */
const factsAsData = {
  name: 'facts-as-data',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\]codes[/\\]facts\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'esm', write: false })
      const { FACTS } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
      return { contents: `export const FACTS = ${JSON.stringify(FACTS)}` }
    })
  },
}

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
}

rmSync(`${root}dist`, { recursive: true, force: true })
await build({
  ...common,
  entryPoints: { index: 'src/index.ts', vitest: 'src/matchers/vitest.ts', jest: 'src/matchers/jest.ts' },
  format: 'esm',
  splitting: true,
  packages: 'external',
  plugins: [factsAsData],
})
// Jest loads CommonJS unless it is told otherwise
await build({
  ...common,
  entryPoints: { index: 'src/index.ts', jest: 'src/matchers/jest.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  minify: true,
  packages: 'external',
  plugins: [factsAsData],
})
await build({
  ...common,
  entryPoints: {
    cli: 'src/cli/index.ts',
    chalk: 'src/report/chalk.ts',
    table: 'src/report/table.ts',
    explain: 'src/explain/explain.ts',
    print: 'src/report/matrix/print.ts',
    'assertion-files': 'src/cli/assertion-files.ts',
    'test-report': 'src/report/test/test-report.ts',
    render: 'src/report/test/render.ts',
    lock: 'src/cli/lock.ts',
    'initial-files': 'src/cli/initial-files.ts',
    'read-config': 'src/cli/config/read-config.ts',
    'output-file': 'src/cli/output-file.ts',
    'completion-scripts': 'src/cli/completion-scripts.ts',
    commit: 'src/sides/commit.ts',
    'diff-run': 'src/cli/diff-run.ts',
    'print-diff': 'src/report/diff/print-diff.ts',
    'print-policies': 'src/report/policies/print-policies.ts',
  },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  minify: true,
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  plugins: [withoutChildProcess, onlyLoader, lazyParts, factsAsData],
})
writeFileSync(`${root}dist/THIRD-PARTY.txt`, licences())
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
typesForRequire({ index: ['check', 'loadCluster', 'matrix', 'parseCluster'], 'matchers/jest': ['matchers'] })
execFileSync(process.execPath, [`${root}scripts/compile-cache.cjs`], { cwd: root, stdio: 'inherit' })

/** Types for those who load CommonJS: the same, by way of a file that TypeScript takes for CommonJS. */
function typesForRequire(values) {
  for (const [entry, names] of Object.entries(values)) {
    const from = `'./types/${entry}.js' with { 'resolution-mode': 'import' }`
    const lines = [
      `import type * as library from ${from}`,
      `export type * from ${from}`,
      ...names.map((name) => `export declare const ${name}: typeof library.${name}`),
    ]
    writeFileSync(`${root}dist/${entry.split('/').at(-1)}.d.cts`, `${lines.join('\n')}\n`)
  }
}

/** The licences of the packages that the bundles hold. */
function licences() {
  const bundled = [
    'commander',
    'js-yaml',
    'netmask',
    'chalk',
    'cli-table3',
    'string-width',
    'emoji-regex',
    'strip-ansi',
    'ansi-regex',
    'is-fullwidth-code-point',
    '@colors/colors',
  ]
  return bundled
    .map((name) => {
      const folder = `${root}node_modules/${name}`
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      return `${name}\n\n${file === undefined ? 'see its package' : readFileSync(`${folder}/${file}`, 'utf8')}`
    })
    .join('\n\n----\n\n')
}
