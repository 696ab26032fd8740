import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cluster, LoadOptions, ManifestText } from '../../src/index.js'
import { loadCluster, parseCluster } from '../../src/index.js'
import type { EngineOptions } from '../../src/engine/compile.js'
import type { End, Options, Question } from '../reference/evaluate.js'
import { cases } from '../reference/generate.js'
import { engineAnswer, rangesOf } from './engine-answer.js'
import type { Dict } from './laws-json.js'
import { randomOf, type Random } from './laws-random.js'

/** How many random clusters each law is tried on, and how long it may look for more. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 10)
const MOST_SECONDS = Math.max(50, RUNS)

/** A random cluster, questions about it, and choices for what a law does to it. */
export interface Sample {
  readonly objects: readonly Dict[]
  readonly options: Options
  readonly questions: readonly Question[]
  readonly random: Random
}

/** What an answer says, without the words. */
export interface Answer {
  readonly verdict: string
  readonly certainty: string
  readonly egress: string
  readonly ingress: string
}

/** Objects as one JSON list, texts, or the bytes of a file. */
export type Input = readonly Dict[] | readonly ManifestText[] | Uint8Array

/** Two inputs about which the same questions are asked. */
export interface Pair {
  /** The sample's own objects, if left out. */
  readonly before?: Input
  readonly after: Input
  /** The question to ask the second input instead, or null to leave it out. */
  readonly ask?: (question: Question) => Question | null
  readonly loadAfter?: LoadOptions
}

/** What must hold between the two answers to a question. */
export type Relation = (before: Answer, after: Answer) => boolean

export const same: Relation = (before, after) => show(before) === show(after)

/** Nothing is denied that was allowed, nor does what was sure become doubtful. */
export const noFlowLost: Relation = (before, after) =>
  before.verdict === 'deny' ||
  (after.verdict === 'allow' && (before.certainty !== 'certain' || after.certainty === 'certain'))

/** Tries a law on random clusters. Where `change` has nothing to change it returns null; that must be the exception. */
export function law(name: string, change: (sample: Sample) => Pair | null, relation: Relation = same): void {
  everywhere(name, (sample) => {
    const pair = change(sample)
    if (pair === null) return false
    const [before, after] = [clusterOf(pair.before ?? sample.objects), clusterOf(pair.after, pair.loadAfter)]
    const broken = sample.questions.flatMap((question) => {
      const asked = pair.ask === undefined ? question : pair.ask(question)
      if (asked === null) return []
      const [one, other] = [answerOf(before, question, sample.options), answerOf(after, asked, sample.options)]
      return relation(one, other) ? [] : [`${textOf(question)}: ${show(one)} became ${show(other)}`]
    })
    expect(broken).toEqual([])
    return JSON.stringify(pair.after) !== JSON.stringify(pair.before ?? sample.objects)
  })
}

/** Holds on random clusters. The property returns false where a cluster has nothing that it is about; others are tried. */
export function everywhere(name: string, property: (sample: Sample) => boolean, share = 1): void {
  test(name, { timeout: (MOST_SECONDS + 30) * 1000 }, () => {
    fc.assert(
      fc.property(cases, fc.nat(), (example, seed) => {
        fc.pre(property({ ...example, objects: example.objects as Dict[], random: randomOf(seed) }))
      }),
      { numRuns: Math.ceil(RUNS * share), maxSkipsPerRun: 10, interruptAfterTimeLimit: MOST_SECONDS * 1000 },
    )
  })
}

export function clusterOf(input: Input, options: LoadOptions = {}): Cluster {
  const cluster = loaded(input, options)
  const errors = cluster.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(`the input is refused: ${JSON.stringify(errors)}`)
  return cluster
}

function loaded(input: Input, options: LoadOptions): Cluster {
  if (input instanceof Uint8Array) return loadCluster(['-'], { ...options, readStdin: () => input })
  if (input.every(isText)) return parseCluster(input, options)
  return parseCluster(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: input }), options)
}

function isText(one: Dict | ManifestText): one is ManifestText {
  return typeof one['text' as keyof typeof one] === 'string'
}

export function answerOf(cluster: Cluster, question: Question, options: Options = {}): Answer {
  const { verdict, certainty, egress, ingress } = engineAnswer(
    cluster,
    { ...question, from: endText(question.from), to: endText(question.to) },
    engineOptions(options),
  )
  return { verdict, certainty, egress: egress.reason.kind, ingress: ingress.reason.kind }
}

export function engineOptions({ ipblockPods, hostNetwork, podCidrs = [] }: Options): EngineOptions {
  return { ipblockPods, hostNetwork, podRanges: rangesOf(podCidrs) }
}

/** An end as the command line calls it. */
export function endText(end: End): string {
  if ('pod' in end) return end.pod
  if ('host' in end) return end.host
  return 'node' in end ? `node/${end.node}` : end.address
}

export function textOf({ from, to, protocol, port, family }: Question): string {
  return `${endText(from)} -> ${endText(to)} ${port}/${protocol}${family === undefined ? '' : ` ${family}`}`
}

export function show({ verdict, certainty, egress, ingress }: Answer): string {
  return `${verdict} ${certainty} (${egress}, ${ingress})`
}
