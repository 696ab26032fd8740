import { buildCluster } from '../../src/load/build-cluster.js'
import type { FlowVerdict } from '../../src/engine/evaluate.js'
import type { Cluster } from '../../src/model/cluster.js'
import { policyName } from '../../src/model/reference.js'
import { evaluate, type End } from '../reference/evaluate.js'
import type { Case } from '../reference/generate.js'
import { engineAnswer, rangesOf } from './engine-answer.js'

/** The cluster of objects as an author would write them. */
export function clusterOf(objects: readonly unknown[]): Cluster {
  const cluster = buildCluster(
    [{ file: 'objects.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) }],
    [],
    {},
  )
  const errors = cluster.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(`the generated input is refused: ${JSON.stringify(errors)}`)
  return cluster
}

/** What came of comparing a case. */
export interface Comparison {
  readonly flows: number
  readonly denied: number
  /** What the reference evaluator met: certainties, reasons and rule ids, once for each flow. */
  readonly met: readonly string[]
  /** Answers that differ, each in one line. */
  readonly differences: readonly string[]
}

/** Asks engine and reference evaluator the same questions. */
export function compareCase({ objects, options, questions }: Case): Comparison {
  const cluster = clusterOf(objects)
  const engineOptions = {
    ipblockPods: options.ipblockPods === 'never' ? ('never' as const) : undefined,
    hostNetwork: options.hostNetwork === 'enforce' ? ('enforce' as const) : undefined,
    podRanges: rangesOf(options.podCidrs ?? []),
  }
  const differences: string[] = []
  let denied = 0
  const met: string[] = []
  for (const question of questions) {
    const expected = evaluate(objects, question, options)
    const plain = { ...question, from: textOf(question.from), to: textOf(question.to) }
    const found = engineAnswer(cluster, plain, engineOptions)
    if (expected.verdict === 'deny') denied++
    met.push(expected.certainty, expected.egress, expected.ingress, ...expected.hits)
    const wanted = [expected.verdict, expected.egress, expected.ingress].join(' ')
    const given = [found.verdict, found.egress.reason.kind, found.ingress.reason.kind].join(' ')
    const line = `${plain.from} -> ${plain.to} ${question.protocol}/${question.port} ${question.family ?? ''}`
    if (wanted !== given) differences.push(`${line}: reference ${wanted}, engine ${given}`)
    else if (expected.certainty !== found.certainty && !isTieInDoubt(expected.certainty, found)) {
      differences.push(
        `${line}: ${wanted}, reference ${expected.certainty}, engine ${found.certainty} ${found.doubts.map(({ code }) => code).join(',')}`,
      )
    } else if (expected.rules.join() !== rulesOf(found).join()) {
      differences.push(`${line}: reference names ${expected.rules.join()}, engine ${rulesOf(found).join()}`)
    }
  }
  return { flows: questions.length, denied, met, differences }
}

/**
 * Three policies of one priority have six orders, of which the engine tries those that open and close most (C-8). Where it finds the
 * flow undefined by these, another order may rest on what the input lacks as well: both words are right then.
 */
function isTieInDoubt(expected: string, { certainty, doubts }: FlowVerdict): boolean {
  return expected === 'indeterminate' && certainty === 'undefined' && doubts.some(({ code }) => code === 'policy-tie')
}

/** The rules that let a flow through, as the reference evaluator names them. */
function rulesOf({ egress, ingress }: FlowVerdict): readonly string[] {
  return [egress, ingress].flatMap(({ reason }) =>
    'rules' in reason
      ? reason.rules.map(({ policy, direction, rule }) => `${policyName(policy)} spec.${direction}[${rule}]`)
      : [],
  )
}

function textOf(end: End): string {
  if ('pod' in end) return end.pod
  if ('host' in end) return end.host
  return 'node' in end ? `node/${end.node}` : end.address
}
