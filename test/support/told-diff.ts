import type { Change } from '../../src/analyze/diff/change.js'
import { diffAnswer, type DiffAnswer } from '../../src/analyze/diff/diff.js'
import type { RandomSide } from './diff-pairs.js'

/** Compares two random sides. */
export function diffOf(
  base: RandomSide,
  head: RandomSide,
  question: Partial<Parameters<typeof diffAnswer>[2]> = {},
  compared?: Parameters<typeof diffAnswer>[3],
): DiffAnswer {
  const [before, after] = [base, head].map(({ cluster, engine }) => ({ cluster, options: engine }))
  if (before === undefined || after === undefined) throw new Error('there are two sides')
  const answer = diffAnswer(before, after, { namespace: 'default', includeNew: false, ...question }, compared)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

export function portText(ports: Change['before']): string {
  return ports.map(({ protocol, first, last }) => `${first}-${last}/${protocol}`).join()
}

/** A change without what the order of the sides has to do with. */
export function told({ kind, from, to, ranges, family, before, after, opened, closed, certainty }: Change): string {
  const addresses = (ranges ?? []).map(({ first, last }) => `${first}-${last}`).join()
  const ends = [from?.id ?? 'external', to?.id ?? 'external']
  return [kind, ...ends, addresses, family, ...[before, after, opened, closed].map(portText), certainty].join(' ')
}
