import { TooCostly } from '../../model/too-costly.js'

/** A look at a pair takes some microseconds. */
const MOST_LOOKS = 2_000_000

/** To tell of so many lines takes some seconds. */
const MOST_CHANGES = 1_000_000

const FEWER = 'ask about fewer with --from, --to and --port'

/** Throws {@link TooCostly} where so many pairs to look at are too many. */
export function checkLooks(count: number): void {
  if (count > MOST_LOOKS) throw new TooCostly(`more than ${MOST_LOOKS} pairs are compared one by one`, FEWER)
}

/** Throws {@link TooCostly} where so many lines that differ are too many. */
export function checkChanges(count: number): void {
  if (count > MOST_CHANGES) throw new TooCostly(`more than ${MOST_CHANGES} pairs are opened or closed`, FEWER)
}
