import type { Cluster } from '../model/cluster.js'
import type { CheckOptions, CheckQuestion } from '../report/check.js'
import { checkText } from '../report/check-text.js'
import { escapeAll } from '../report/escape.js'
import { doubtIn } from '../report/flow-line.js'
import { check } from '../report/library.js'
import { PLAIN } from '../report/style.js'
import { matchLock } from './lock.js'
import { errorsText, fail } from './unanswered.js'

/** How a matcher asks: the options of `check`, except that a doubt always fails. */
export type MatcherOptions = Omit<CheckOptions, 'limit' | 'strict' | 'verbose'>

/** The matchers, as `expect` shows them. */
export interface NetpolMatchers<R = void> {
  /**
   * The policies allow every connection that is asked about. Fails, as does its negation, if the answer is not certain or not
   * complete, and if it is different for different connections.
   */
  toAllow: (question: CheckQuestion, options?: MatcherOptions) => R
  /** The policies deny every connection that is asked about; the rest as for `toAllow`. */
  toDeny: (question: CheckQuestion, options?: MatcherOptions) => R
  /** The whole matrix is what the lock file says, which `netpol-sim matrix --update FILE` writes; no matcher ever does. */
  toMatchLock: (file: string, options?: MatcherOptions) => R
}

/** What Vitest and Jest tell a matcher. */
interface Context {
  readonly isNot?: boolean
}

/** What a matcher answers. */
interface Matched {
  readonly pass: boolean
  readonly message: () => string
}

function toAllow(this: Context, cluster: unknown, question: CheckQuestion, options: MatcherOptions = {}): Matched {
  return judge(cluster, question, options, { matcher: toAllow, wanted: 'allow', isNot: this.isNot === true })
}

function toDeny(this: Context, cluster: unknown, question: CheckQuestion, options: MatcherOptions = {}): Matched {
  return judge(cluster, question, options, { matcher: toDeny, wanted: 'deny', isNot: this.isNot === true })
}

function toMatchLock(this: Context, cluster: unknown, file: string, options: MatcherOptions = {}): Matched {
  const found = matchLock(cluster as Cluster, file, options)
  return 'refusal' in found ? fail(toMatchLock, found.refusal) : found
}

/** For `expect.extend`, in Vitest and in Jest. */
export const matchers = { toAllow, toDeny, toMatchLock }

interface Expected {
  readonly matcher: (...words: never) => unknown
  readonly wanted: 'allow' | 'deny'
  readonly isNot: boolean
}

function judge(
  cluster: unknown,
  question: CheckQuestion,
  options: MatcherOptions,
  { matcher, wanted, isNot }: Expected,
): Matched {
  const result = check(cluster as Cluster, question, options)
  const { verdict } = result
  if (verdict === null) return fail(matcher, errorsText(result.diagnostics))
  const expected = `${isNot ? 'not ' : ''}${wanted}`
  const text = () => checkText(escapeAll(result), PLAIN, 'normal').trimEnd()
  const doubt = doubtIn(result)
  if (doubt !== null) return fail(matcher, `expected ${expected}, and the answer is ${doubt}\n\n${text()}`)
  if (verdict === 'partial' && isNot)
    return fail(
      matcher,
      `expected ${expected}, and some of it is allowed and some denied: ask with toAllow or toDeny about one connection\n\n${text()}`,
    )
  return {
    pass: verdict === wanted,
    message: () => `expected ${expected}, and the verdict is ${verdict}\n\n${text()}`,
  }
}
