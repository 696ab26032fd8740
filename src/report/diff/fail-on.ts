import type { Danger } from '../../analyze/diff/danger.js'
import type { DiffAnswer } from '../../analyze/diff/diff.js'

/** What a comparison can be asked to fail on. */
export const FAIL_ON = [
  'widened',
  'narrowed',
  'any',
  'from-internet',
  'across-namespaces',
  'isolation-lost',
  'dns-lost',
] as const

export type FailOn = (typeof FAIL_ON)[number]

interface Told {
  readonly danger: Danger
  readonly opened: readonly unknown[]
  readonly closed: readonly unknown[]
}

/** Whether a change is one that is asked about. */
export function failsOn({ danger, opened, closed }: Told, asked: readonly FailOn[]): boolean {
  return asked.some((name) => {
    switch (name) {
      case 'widened':
        return opened.length > 0
      case 'narrowed':
        return closed.length > 0
      case 'any':
        return true
      case 'from-internet':
      case 'across-namespaces':
        return danger === name
      case 'isolation-lost':
      case 'dns-lost':
        return false
    }
  })
}

/** Those of what is asked about that hold, in the order in which they are asked. What may be open now counts as opened. */
export function failing(
  { changes, possible, isolation, dns }: Pick<DiffAnswer, 'changes' | 'possible' | 'isolation' | 'dns'>,
  asked: readonly FailOn[],
): readonly FailOn[] {
  return [...new Set(asked)].filter((name) => {
    if (name === 'isolation-lost') return isolation.some(({ change }) => change === 'lost')
    if (name === 'dns-lost') return dns.some(({ change }) => change === 'lost')
    return [...changes, ...possible].some((change) => failsOn(change, [name]))
  })
}
