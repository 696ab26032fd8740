import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'
import { hostileCommandLine } from './command-lines.js'
import { corpus } from './corpus.js'
import { hostileFile } from './hostile.js'
import { judge, optionsOf } from './judge.js'
import { compareWithKubectl, kubectlVersion } from './kubectl.js'
import { bytesOf, mutate } from './mutate.js'
import { randomOf } from './random.js'
import { reduced } from './reduce.js'
import { silentDifferences } from './silent.js'
import { snippet } from './snippets.js'

const SEED = Number(process.env['FUZZ_SEED'] ?? '') || randomInt(1, 2 ** 31)
const DOCUMENTS = Number(process.env['FUZZ_DOCUMENTS'] ?? 0)
const KUBECTL_DOCUMENTS = Number(process.env['FUZZ_KUBECTL_DOCUMENTS'] ?? 0)
const HOSTILE_FILES = Number(process.env['FUZZ_HOSTILE_FILES'] ?? 0)
const COMMAND_LINES = Number(process.env['FUZZ_COMMAND_LINES'] ?? 0)
/** Every so many documents one goes through the whole command as well. */
const RUN_EVERY = 20
const FILES_PER_CALL = 1000
const MOST_REPORTS = 10
const CLUSTER = ['-f', 'fixtures/clusters/demo']
const REPORT_EVERY = 50_000

const documents = corpus()
const timeout = 24 * 3600_000

describe('fuzzing', () => {
  test('whatever a document holds, it is read or refused', { timeout }, async () => {
    const reports: string[] = []
    const codes = new Map<number, number>()
    let number = 0
    for (; number < DOCUMENTS && reports.length < MOST_REPORTS; number += 1) {
      const random = randomOf(SEED, number)
      const text = random.oneIn(5) ? snippet(random) : mutate(documents, random)
      const bytes = bytesOf(text, random)
      const options = optionsOf(random)
      const fault = judge(bytes, options)
      if (fault !== null) {
        const small = reduced(text, (part) => judge(Buffer.from(part), options) !== null)
        reports.push(`seed ${SEED} document ${number}: ${fault}\n${JSON.stringify(small)}`)
        console.log(reports.at(-1))
      }
      if (number % RUN_EVERY === 0) {
        const keepGoing = random.oneIn(2) ? ['--keep-going'] : []
        const { code, stderr } = await run(['check', ...CLUSTER, '-f', '-', 'any', 'any', ...keepGoing], {
          stdin: bytes,
        })
        codes.set(code, (codes.get(code) ?? 0) + 1)
        if (code > 2)
          reports.push(`seed ${SEED} document ${number}: exit code ${code} ${stderr}\n${JSON.stringify(text)}`)
      }
      if ((number + 1) % REPORT_EVERY === 0) console.log(`fuzz: seed ${SEED}, ${number + 1} documents`)
      // Lets vitest hear of us now and then
      if (number % 500 === 0) await setImmediate()
    }
    const ended = [...codes].sort().map(([code, count]) => `${count} with ${code}`)
    console.log(`fuzz: seed ${SEED}, ${number} documents, ${reports.length} faults; runs ended ${ended.join(', ')}`)
    expect(reports).toEqual([])
  })

  test('no input and no command line ends in 3', { timeout }, async () => {
    const reports: string[] = []
    const codes = new Map<number, number>()
    let number = 0
    for (; number < COMMAND_LINES && reports.length < MOST_REPORTS; number += 1) {
      const random = randomOf(SEED, number)
      const argv = hostileCommandLine(random)
      const stdin = random.oneIn(3)
        ? hostileFile(random)
        : bytesOf(
            random.oneIn(2) ? (documents[random.below(documents.length)] ?? '') : mutate(documents, random),
            random,
          )
      const { code, stderr } = await run(argv, { stdin, stdout: random.oneIn(3) ? random.below(200) : null })
      codes.set(code, (codes.get(code) ?? 0) + 1)
      if (code > 2) {
        reports.push(
          `seed ${SEED} command line ${number}: ${code} ${stderr.slice(0, 1000)}\n${JSON.stringify(argv).slice(0, 2000)}`,
        )
        console.log(reports.at(-1))
      }
      if ((number + 1) % REPORT_EVERY === 0) console.log(`command lines: seed ${SEED}, ${number + 1}`)
      if (number % 100 === 0) await setImmediate()
    }
    const ended = [...codes].sort().map(([code, count]) => `${count} with ${code}`)
    console.log(`command lines: seed ${SEED}, ${number} runs, ended ${ended.join(', ')}`)
    expect(reports).toEqual([])
  })

  const version = kubectlVersion()
  if (version === null) console.log('fuzz: no kubectl on the path, so nothing is compared with it')

  test.skipIf(version === null)('kubectl reads the same, or we refuse it', { timeout }, async () => {
    const reports: string[] = []
    const outcomes = new Map<string, number>()
    let number = 0
    while (number < KUBECTL_DOCUMENTS && reports.length < MOST_REPORTS) {
      const first = number
      const size = Math.min(FILES_PER_CALL, KUBECTL_DOCUMENTS - first)
      const texts = Array.from({ length: size }, (_, index) => textFor(first + index))
      for (const [index, { outcome, detail }] of compareWithKubectl(texts.map((text) => Buffer.from(text))).entries()) {
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (outcome !== 'different' && outcome !== 'refused by kubectl') continue
        const same = (part: string) => compareWithKubectl([Buffer.from(part)])[0]?.outcome === outcome
        if (reports.length < MOST_REPORTS) {
          const small = reduced(texts[index] ?? '', same)
          reports.push(
            `seed ${SEED} file ${first + index}: ${outcome}: ${detail.slice(0, 1000)}\n${JSON.stringify(small)}`,
          )
        }
      }
      number += size
      if (number % REPORT_EVERY === 0) console.log(`kubectl: seed ${SEED}, ${number} files`)
      await setImmediate()
    }
    const counts = [...outcomes].sort().map(([outcome, count]) => `${count} ${outcome}`)
    console.log(`kubectl: ${version ?? ''}, seed ${SEED}, ${number} files: ${counts.join(', ')}`)
    expect(reports).toEqual([])
  })

  test.skipIf(version === null)('no policy is hidden, and none is made up', { timeout }, async () => {
    const reports: string[] = []
    let read = 0
    let number = 0
    while (number < HOSTILE_FILES && reports.length < MOST_REPORTS) {
      const first = number
      const size = Math.min(FILES_PER_CALL, HOSTILE_FILES - first)
      const files = Array.from({ length: size }, (_, index) => hostileFile(randomOf(SEED, first + index)))
      for (const [index, { policies, difference }] of silentDifferences(files).entries()) {
        if (policies > 0) read += 1
        if (difference === null || reports.length >= MOST_REPORTS) continue
        const fails = (part: string) => silentDifferences([Buffer.from(part)])[0]?.difference !== null
        const text = Buffer.from(files[index] ?? []).toString()
        reports.push(
          `seed ${SEED} file ${first + index}: ${difference}\n${JSON.stringify(fails(text) ? reduced(text, fails) : text)}`,
        )
      }
      number += size
      if (number % REPORT_EVERY === 0) console.log(`hostile: seed ${SEED}, ${number} files`)
      await setImmediate()
    }
    const found = `kubectl reads a policy in ${read}, ${reports.length} silent differences`
    console.log(`hostile: ${version ?? ''}, seed ${SEED}, ${number} files: ${found}`)
    expect(reports).toEqual([])
  })
})

function textFor(number: number): string {
  const random = randomOf(SEED + 1, number)
  return random.oneIn(2) ? snippet(random) : mutate(documents, random)
}
