import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Figures = Readonly<Record<string, number>>

// What the bench consists of has no types
const imported = async <Module>(file: string) => (await import(pathToFileURL(file).href)) as Module
const { bundleInside } = await imported<{ bundleInside: () => Promise<string> }>('bench/bundle.js')
const { generate } = await imported<{ generate: (...words: readonly unknown[]) => void }>('bench/generate.js')
const { inside } = await imported<{ inside: (bundle: string, task: string, options: object) => Figures }>(
  'bench/processes.js',
)
const { TASKS } = await imported<{ TASKS: object }>('bench/tasks.js')

const root = mkdtempSync(join(tmpdir(), 'netpol-sim-test-'))
const folder = join(root, 'shop')
let bundle = ''

beforeAll(async () => {
  generate('shop', 33, 'written', folder)
  bundle = await bundleInside()
})
afterAll(() => {
  for (const path of [root, dirname(bundle)]) rmSync(path, { recursive: true })
})

const OPTIONS: Readonly<Record<string, object>> = {
  load: {},
  parserAlone: { parser: 'yaml' },
  rows: { budget: 10 },
  naive: { sample: 20 },
  diff: { change: 'port' },
  check: { from: 'shop-0/frontend', to: 'shop-0/db' },
}

test('each task of the bench is run here', () => {
  expect(Object.keys(OPTIONS)).toEqual(Object.keys(TASKS))
})

test.each(Object.keys(OPTIONS))('the bench can still measure %s from within', (task) => {
  const figures = inside(bundle, task, { folder, ...OPTIONS[task] })
  expect(Object.keys(figures).length).toBeGreaterThan(0)
  expect(Object.values(figures).filter((figure) => !Number.isFinite(figure))).toEqual([])
})
