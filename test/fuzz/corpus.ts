import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { dump } from 'js-yaml'
import { cases } from '../reference/generate.js'
import { tierCases } from '../reference/generate-tiers.js'

const FOLDERS = ['clusters', 'scenarios', 'invalid', 'impostors'].map((folder) => join('fixtures', folder))
/** Longer documents would only be slower. */
const LONGEST = 4000
const GENERATED_CLUSTERS = 40

/** Documents to change: all of the fixtures, and those of random clusters in the three ways in which people write them. */
export function corpus(): readonly string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:yaml|yml|json)$/.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  const clusters = [cases, tierCases].flatMap((some) =>
    fc.sample(some, { seed: 1, numRuns: GENERATED_CLUSTERS }).map(({ objects }) => objects),
  )
  const objects = clusters.flat()
  const lists = clusters.map((items) => ({ apiVersion: 'v1', kind: 'List', items: items.slice(0, 3) }))
  const documents = [
    ...files.flatMap((text) => text.split(/^---\n/m)),
    ...objects.map((object) => dump(object, { noRefs: true })),
    ...objects.map((object) => dump(object, { noRefs: true, flowLevel: 2, forceQuotes: true })),
    ...objects.map((object) => JSON.stringify(object)),
    ...lists.flatMap((list) => [dump(list, { noRefs: true }), JSON.stringify(list, null, 2)]),
  ]
  return [...new Set(documents)].filter(({ length }) => length > 0 && length <= LONGEST)
}
