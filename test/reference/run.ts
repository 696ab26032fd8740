import type { Prefix } from './addresses.js'
import type { ClusterNode, World } from './world.js'

/** What an unknown thing may turn out to be: a label value (null: absent), or a plain yes or no. */
export type Value = string | boolean | null

export interface Unknown {
  id: string
  /** The value that the text takes by default. */
  usual: Value
  others: Value[]
  /** Not unknown, but left open by the text (C-8). */
  isReading?: boolean
}

export interface Assumption {
  id: string
  value: Value
}

/** The readings that the text leaves open and marks U. */
export interface Readings {
  ipblockPods: 'match' | 'never'
  hostNetwork: 'ignore' | 'enforce'
  ownNodeEgress: 'normal' | 'exempt'
  /** a pod that reaches itself by way of a Service. */
  hairpin: 'exempt' | 'normal'
  /** whose address an egress ipBlock sees behind a Service. */
  serviceAddress: 'pod' | 'service'
  /** whom policies see behind a NodePort or LoadBalancer Service: the client, or a node that handed it on. */
  client: 'client' | ClusterNode
  /** C-7: what a NetworkPolicy has to isolate the pod in for Baseline not to be asked. */
  isolation: 'direction' | 'any'
}

/** One evaluation: a world, a choice of readings, guesses for unknown things, and what was seen on the way. */
export interface Run {
  world: World
  podCidrs: readonly Prefix[]
  readings: Readings
  assumed: readonly Assumption[]
  asked: Unknown[]
  hit: (id: string) => void
}

/** For evaluations whose branches nobody counts. */
export const unheard = (): void => undefined

/** Looks up the guess for an unknown thing, and records that the evaluation wanted to know. */
export function ask(run: Run, id: string, usual: Value, others: readonly Value[]): Value {
  let known: Unknown | undefined
  for (const one of run.asked) if (one.id === id) known = one
  if (known === undefined) {
    known = { id, usual, others: [] }
    run.asked.push(known)
  }
  for (const other of others) if (other !== usual && !known.others.includes(other)) known.others.push(other)
  for (const one of run.assumed) if (one.id === id) return one.value
  return usual
}

/** A choice that the text leaves open, and which arises on the way. */
export function askReading(run: Run, id: string, usual: Value, others: readonly Value[]): Value {
  const value = ask(run, id, usual, others)
  for (const one of run.asked) if (one.id === id) one.isReading = true
  return value
}

/** The same evaluation, but what it asks is not written down: the answer does not rest on it. */
export const aside = (run: Run): Run => ({ ...run, asked: [] })

/** What an evaluation says, and whether that rests on unknown things. */
export function overheard<T>(run: Run, evaluate: (run: Run) => T): { value: T; isSure: boolean } {
  const own: Run = { ...run, asked: [] }
  const value = evaluate(own)
  for (const { id, usual, others, isReading } of own.asked) {
    if (isReading === true) askReading(run, id, usual, others)
    else ask(run, id, usual, others)
  }
  return { value, isSure: own.asked.length === 0 }
}
