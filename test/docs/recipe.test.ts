import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/architecture.md', 'utf8')
const recipe = page.slice(
  page.indexOf('**A new kind of policy** costs'),
  page.indexOf('`src/engine`, `src/matrix` and `src/query` do not'),
)
const named = [...recipe.matchAll(/`((?:src|schemas)\/[\w/.-]+)`/g)].map(([, path = '']) => path)

/** The files of a folder whose code names a kind of policy; comments may. */
function filesNaming(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\bNetworkPolicy\b/.test(readFileSync(file, 'utf8').replace(/\/\*\*[^]*?\*\/|\/\/.*/g, '')))
}

describe('the recipe for a new kind of policy', () => {
  test('names files and folders that exist, no more than fourteen', () => {
    expect(named.filter((path) => !existsSync(path))).toEqual([])
    expect(new Set(named).size).toBeGreaterThan(8)
    expect(new Set(named).size).toBeLessThanOrEqual(14)
  })

  test.each(['src/engine', 'src/matrix', 'src/query'])('leaves out %s, which names no kind', (folder) => {
    expect(filesNaming(folder)).toEqual([])
  })

  test('leaves out the rest of src/policy but for its table of tiers, which has a tier of that name', () => {
    expect(filesNaming('src/policy')).toEqual(
      ['from-network-policy', 'rule-form', 'rule-forms', 'tiers'].map((name) => `src/policy/${name}.ts`),
    )
  })

  test('is told of every other file that asks for NetworkPolicies by name', () => {
    const asking = filesNaming('src/analyze').filter((file) => !page.includes(file) && !file.endsWith('coverage.ts'))
    expect(asking).toEqual([])
  })
})
