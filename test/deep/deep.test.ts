import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cases, type Case } from '../reference/generate.js'
import { compareCase } from '../support/compare.js'
import { reduced } from './reduce.js'
import { SMALL_POLICIES, smallPolicy } from './small-policies.js'

const MINUTES = Number(process.env['DEEP_MINUTES'] ?? 0)
/** How much of the time the small policies may take; random clusters have the rest. */
const FOR_SMALL = 0.4
const CHUNK = 250
const MOST_REPORTS = 5
const started = Date.now()

interface Sums {
  clusters: number
  flows: number
  denied: number
}

/** Compares cases until the time is up or enough differ, and says what it did. */
async function compareUntil(
  end: number,
  name: string,
  chunks: Iterable<{ readonly title: string; readonly examples: Iterable<Case> }>,
): Promise<{ readonly sums: Sums; readonly reports: readonly string[] }> {
  const sums: Sums = { clusters: 0, flows: 0, denied: 0 }
  const reports: string[] = []
  for (const { title, examples } of chunks) {
    if (Date.now() > end || reports.length >= MOST_REPORTS) break
    console.log(`${name}: ${title}`)
    let index = 0
    for (const example of examples) {
      const { flows, denied, differences } = compareCase(example)
      sums.clusters++
      sums.flows += flows
      sums.denied += denied
      if (differences.length > 0 && reports.length < MOST_REPORTS) {
        const report = [`${title}, index ${index}`, ...differences, JSON.stringify(reduced(example), null, 1)].join(
          '\n',
        )
        console.log(report)
        reports.push(report)
      }
      index++
      if (Date.now() > end) break
      // Lets vitest hear of us now and then
      if (index % 50 === 0) await setImmediate()
    }
  }
  const share = ((100 * sums.denied) / sums.flows).toFixed(1)
  console.log(
    `${name}: ${sums.clusters} clusters, ${sums.flows} flows compared, ${share} % denied, ` +
      `${reports.length} clusters differ`,
  )
  return { sums, reports }
}

function* randomChunks() {
  for (;;) {
    const seed = randomInt(2 ** 31)
    yield { title: `seed ${seed}`, examples: fc.sample(cases, { seed, numRuns: CHUNK }) }
  }
}

/** All small policies, in an order that meets every part of the alphabet early. */
function* smallChunks() {
  const [first, step] = [randomInt(SMALL_POLICIES), coprimeStep()]
  const numberOf = (turn: number) => (first + turn * step) % SMALL_POLICIES
  for (let turn = 0; turn < SMALL_POLICIES; turn += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, SMALL_POLICIES - turn) }, (_, index) => numberOf(turn + index))
    yield { title: `numbers ${numberOf(turn)} and on in steps of ${step}`, examples: each(numbers) }
  }
}

function* each(numbers: readonly number[]): Iterable<Case> {
  for (const number of numbers) yield smallPolicy(number)
}

/** A step that leads through all of them before it comes back. */
function coprimeStep(): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  let step = Math.floor(SMALL_POLICIES * 0.382)
  while (gcd(step, SMALL_POLICIES) !== 1) step++
  return step
}

const timeout = MINUTES * 60_000 + 600_000

describe.skipIf(MINUTES === 0)('for as long as there is time, engine and reference evaluator agree', () => {
  test(`on all ${SMALL_POLICIES} small policies`, { timeout }, async () => {
    const { sums, reports } = await compareUntil(started + MINUTES * FOR_SMALL * 60_000, 'small', smallChunks())
    console.log(`small: ${sums.clusters} of ${SMALL_POLICIES} policies`)
    expect(reports).toEqual([])
  })

  test('on random clusters', { timeout }, async () => {
    const { sums, reports } = await compareUntil(started + MINUTES * 60_000, 'random', randomChunks())
    expect(reports).toEqual([])
    expect(sums.denied / sums.flows).toBeGreaterThan(0.35)
    expect(sums.denied / sums.flows).toBeLessThan(0.65)
  })
})
