import { counted } from '../../model/counted.js'
import type { DiffResult } from './diff-result.js'

/** The verdict of a comparison, in one line. */
export function verdictLine({ summary, workloadsAdded, changes }: DiffResult): string {
  const { opened, closed, changed } = summary
  const reached = workloadsAdded.filter(({ fromInternet }) => fromInternet)
  const internet = reached.length === 0 ? [] : [`the internet reaches ${counted(reached.length, 'new workload')}`]
  if (changes?.length === 0) return ['no change of what is open', ...internet].join('; ')
  const parts = [
    ...(opened > 0 ? [`${counted(opened, 'connection')} opened`] : []),
    ...(closed > 0 ? [`${counted(closed, 'connection')} closed`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
  ]
  return [parts.join(', '), ...internet].join('; ')
}
