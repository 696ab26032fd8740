/**
 * A setup file for Jest: `setupFilesAfterEnv: ['netpol-sim/jest']`, or imported by a test. Without global functions
 * (`injectGlobals: false`) call `expect.extend(matchers)`.
 */
import type {} from 'expect'
import { matchers, type NetpolMatchers } from './matchers.js'

const { expect } = globalThis as { readonly expect?: { readonly extend: (added: typeof matchers) => void } }
expect?.extend(matchers)

// For `import { expect } from '@jest/globals'`
declare module 'expect' {
  // The type parameters must be those of Jest
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
  interface Matchers<R extends void | Promise<void>, T = unknown> extends NetpolMatchers<R> {}
}

// For the global `expect` of @types/jest
declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
    interface Matchers<R, T = {}> extends NetpolMatchers<R> {}
  }
}

export { matchers }
export type { MatcherOptions, NetpolMatchers } from './matchers.js'
