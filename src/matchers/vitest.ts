/** A setup file for Vitest: `setupFiles: ['netpol-sim/vitest']`, or imported by a test. */
import { expect } from 'vitest'
import { matchers, type NetpolMatchers } from './matchers.js'

expect.extend(matchers)

declare module 'vitest' {
  // The type parameters must be those of Vitest
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
  interface Assertion<T = any> extends NetpolMatchers {}
}

export { matchers }
export type { MatcherOptions, NetpolMatchers } from './matchers.js'
