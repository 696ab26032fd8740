import type { Cluster } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { holds } from '../model/choice-words.js'
import { choicesText, commandFor } from '../report/choices-text.js'
import { shellWord } from '../model/shell-word.js'

/** Errors in so many objects say that the input is not one set of manifests, rather than what is wrong with it. */
const FEW = 5

/** Whether a menu says more than the errors: variants of the same objects lie in several folders, or errors all over. */
export function wantsMenu({ choices, answerable }: Cluster, errors: readonly Diagnostic[]): boolean {
  if (answerable || choices === null || choices.choices.length === 0) return false
  const atFault = new Set(errors.map(({ file, object, line }) => `${file ?? ''} ${object ?? line ?? ''}`))
  return (choices.choices.length > 1 && errors.some(({ code }) => code === 'NP025')) || atFault.size > FEW
}

/** The menu under the error that stands for all. */
export function menu({ choices }: Cluster, words: readonly string[], verbose: boolean): readonly string[] {
  if (choices === null) return []
  return ['read a part that belongs together:', ...choicesText(choices, words, verbose)]
}

/** One command that gives an answer, or null where there is none to offer. */
export function readyCommand(
  { choices, answerable, policies, workloads }: Cluster,
  words: readonly string[],
): string | null {
  if (answerable || choices === null) return null
  const [best] = choices.choices
  if (best !== undefined) return `${commandFor(best, words)}   (${holds(best, choices.policies)})`
  if (policies.length + workloads.length === 0) return null
  return `${['netpol-sim', ...words, '--keep-going'].map(shellWord).join(' ')}   (without what has errors; the answer is incomplete)`
}

/** `11 errors, 5 warnings, no answer; netpol-sim explain NP008`. */
export function countLine(errors: readonly Diagnostic[], first: Diagnostic | undefined, warnings: number): string {
  const counts = [count(errors.length, 'error'), ...(warnings === 0 ? [] : [count(warnings, 'warning')]), 'no answer']
  return first === undefined ? counts.join(', ') : `${counts.join(', ')}; netpol-sim explain ${first.code}`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
