import { TooCostly } from '../../model/too-costly.js'

/** A pair takes less than a microsecond, and some where each needs the row of another source. */
const MOST_PAIRS = 5_000_000
/** What disagrees is kept until it is told. */
const MOST_DISAGREEMENTS = 500_000

const FEWER = 'name fewer ends, or split the tests over several files'

/** Counts what the tests of a file take, and throws {@link TooCostly} where that is too much. */
export interface TestLimits {
  /** Before so many pairs are looked at. */
  pairs(count: number): void
  /** For each pair that disagrees. */
  disagreement(): void
}

/** New limits for the tests of one file. */
export function testLimits(): TestLimits {
  let [pairs, disagreements] = [0, 0]
  return {
    pairs(count) {
      pairs += count
      if (pairs > MOST_PAIRS) throw new TooCostly(`the tests look at more than ${MOST_PAIRS} pairs one by one`, FEWER)
    },
    disagreement() {
      disagreements += 1
      if (disagreements > MOST_DISAGREEMENTS)
        throw new TooCostly(`more than ${MOST_DISAGREEMENTS} pairs disagree with the tests`, FEWER)
    },
  }
}

/** For tests that have been evaluated within limits before, and for those that are only drafts. */
export const NO_LIMITS: TestLimits = { pairs: () => undefined, disagreement: () => undefined }
