import { checkFlows } from '../analyze/check.js'
import type { EngineOptions } from '../engine/compile.js'
import { choicesOfAnswer } from '../model/choice.js'
import type { Cluster } from '../model/cluster.js'
import type { Code } from '../codes/entries.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { shorten } from '../model/shorten.js'
import { parseCidr } from '../net/cidr.js'
import type { AddressRange } from '../net/ranges.js'
import { misworded, ok, type Result } from '../query/question-error.js'
import { presentCheck } from './check-json.js'
import type { CheckResult } from './check-result.js'

/** A question to {@link check}, in the words of the command line. */
export interface CheckQuestion {
  /** Who connects: `shop/web`, `shop/Deployment/web`, `shop/app=web`, `10.0.0.0/8`, `any`, `internet`, … */
  readonly from: string
  /** To whom, with the port behind a colon unless `port` says it: `shop/db:5432`. */
  readonly to: string
  /** `8080`, `53/UDP`, `http`, `8000-8100/TCP` or `any`. Without a port the answer is about all of them. */
  readonly port?: string | number | undefined
}

/** How to answer. Everything may be left out. */
export interface CheckOptions {
  /** The namespace of peers that name none; `default` if left out. */
  readonly namespace?: string | undefined
  /** May an ipBlock match the address of a pod? Left out: it may, with a note where that decides. */
  readonly ipblockPods?: 'match' | 'never' | undefined
  /** Do policies ignore pods on the host's network? Left out: they do, with a note where that decides. */
  readonly hostNetwork?: 'ignore' | 'enforce' | undefined
  /** The CIDRs in which pods without a known address lie. */
  readonly podCidrs?: readonly string[] | undefined
  /** An answer that is not certain, or that rests on less than all of the input, is no answer. */
  readonly strict?: boolean | undefined
  /** At most so many flows are in the result, and `omittedFlows` counts the others; 0 or left out: all of them. */
  readonly limit?: number | undefined
  /** Explain allowed directions by the rules that did not match, too. */
  readonly verbose?: boolean | undefined
}

/**
 * Answers whether `from` may connect to `to`, and why. Returns the very object that `netpol-sim check -o json` prints.
 * Mistakes of the user do not throw: the verdict is null then, and `diagnostics` say why.
 */
export function check(cluster: Cluster, question: CheckQuestion, options: CheckOptions = {}): CheckResult {
  if (!cluster.answerable) return noAnswer(cluster, [])
  const engineOptions = readOptions(options)
  if (!engineOptions.ok) return noAnswer(cluster, [mistake(engineOptions.error)])
  const asked = { ...question, namespace: options.namespace ?? 'default', limit: options.limit }
  const answer = checkFlows(cluster, asked, engineOptions.value)
  if (!answer.ok) return noAnswer(cluster, [mistake(answer.error)])
  const result = presentCheck(cluster, answer.value, { verbose: options.verbose === true })
  return options.strict === true ? strictly(result) : result
}

/** Reads how to answer; a CIDR that is none is the user's mistake. */
export function readOptions({ ipblockPods, hostNetwork, podCidrs = [] }: CheckOptions): Result<EngineOptions> {
  const podRanges: AddressRange[] = []
  for (const text of podCidrs) {
    const parsed = parseCidr(text)
    if ('problem' in parsed) return misworded(`the pod CIDR \`${text}\`: ${parsed.problem}`, parsed.help)
    podRanges.push(parsed.cidr)
  }
  return ok({ ipblockPods, hostNetwork, podRanges })
}

function strictly(result: CheckResult): CheckResult {
  const doubt = result.incomplete
    ? 'the input was not read completely'
    : result.certainty === 'certain'
      ? null
      : `the verdict is ${result.certainty}`
  if (doubt === null) return result
  const refusal = mistake({ code: 'NP032', message: `${doubt}, and --strict rejects uncertain answers`, help: null })
  return { ...result, verdict: null, diagnostics: [...result.diagnostics, refusal] }
}

function noAnswer(cluster: Cluster, mistakes: readonly Diagnostic[]): CheckResult {
  return {
    schemaVersion: 1,
    command: 'check',
    verdict: null,
    certainty: 'indeterminate',
    incomplete: cluster.incomplete,
    inventory: cluster.inventory,
    flows: [],
    ...choicesOfAnswer(cluster.choices),
    diagnostics: [...cluster.diagnostics, ...mistakes],
  }
}

/** A mistake in the question, as a diagnostic. */
export function mistake({ code, message, help }: { code: Code; message: string; help: string | null }): Diagnostic {
  return {
    code,
    severity: 'error',
    message: shorten(message),
    help: help === null ? null : shorten(help),
    object: null,
    path: null,
    file: null,
    line: null,
    column: null,
  }
}
