import fc from 'fast-check'
import { expect, test } from 'vitest'
import { run } from '../support/cli-io.js'
import { corpus } from './corpus.js'
import { judge, optionsOf } from './judge.js'
import { bytesOf, mutate } from './mutate.js'
import { randomOf } from './random.js'

const SEED = fc.readConfigureGlobal().seed ?? 0
const DOCUMENTS = 4000
const RUNS = 150
const documents = corpus()

test('whatever a document holds, it is read or refused: at once, in its place, and counted', () => {
  const faults: string[] = []
  for (let number = 0; number < DOCUMENTS; number += 1) {
    const random = randomOf(SEED, number)
    const text = mutate(documents, random)
    const fault = judge(bytesOf(text, random), optionsOf(random))
    if (fault !== null) faults.push(`seed ${SEED} document ${number}: ${fault}\n${JSON.stringify(text)}`)
  }
  expect(faults.slice(0, 5)).toEqual([])
})

test('whatever it is asked about it, the command ends with 0, 1 or 2', async () => {
  for (let number = 0; number < RUNS; number += 1) {
    const random = randomOf(SEED, number)
    const text = mutate(documents, random)
    const { code, stderr } = await run(
      ['check', '-f', 'fixtures/clusters/demo', '-f', '-', 'any', 'any', '--keep-going'],
      {
        stdin: bytesOf(text, random),
      },
    )
    expect([0, 1, 2], `seed ${SEED} document ${number}: ${stderr}\n${JSON.stringify(text)}`).toContain(code)
  }
})
