import { counted } from '../model/counted.js'
import type { Cluster, Inventory } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { holds } from '../model/choice-words.js'
import { choicesText, commandFor } from '../report/choices-text.js'
import { shellWord } from '../model/shell-word.js'

/** Errors in so many objects say that the input is not one set of manifests, rather than what is wrong with it. */
const FEW = 5

/** How a run without an answer ends: with a menu of parts, or with one command. */
export interface Ending {
  readonly isMenu: boolean
  readonly lines: readonly string[]
  /** The error that stands for all. */
  readonly first: Diagnostic
}

export function endingOf(
  cluster: Cluster,
  errors: readonly Diagnostic[],
  words: readonly string[],
  verbose: boolean,
): Ending | null {
  const first =
    errors.find(({ code, object }) => code === 'NP025' && object === null) ??
    errors.find(({ code }) => code === 'NP025') ??
    errors[0]
  if (first === undefined) return null
  if (wantsMenu(cluster, errors)) return { isMenu: true, lines: menu(cluster, words, verbose), first }
  const ready = readyCommand(cluster, words, errors)
  return { isMenu: false, lines: ready === null ? [] : [`try: ${ready}`], first }
}

/** Whether a menu says more than the errors: variants of the same objects lie in several folders, or errors all over. */
function wantsMenu({ choices }: Cluster, errors: readonly Diagnostic[]): boolean {
  if (choices === null || choices.choices.length === 0) return false
  const hasSeveral = choices.choices.length > 1
  const isOfCharts = choices.choices.some(({ render }) => render !== null)
  const atFault = new Set(errors.map(({ file, object, line }) => `${file ?? ''} ${object ?? line ?? ''}`))
  return (hasSeveral && (isOfCharts || errors.some(({ code }) => code === 'NP025'))) || atFault.size > FEW
}

/** The menu under the error that stands for all. */
function menu({ choices }: Cluster, words: readonly string[], verbose: boolean): readonly string[] {
  if (choices === null) return []
  const isOfCharts = choices.choices.some(({ render }) => render !== null)
  const heading = isOfCharts
    ? 'render a chart, with the values that are meant, and read what it makes:'
    : 'read a part that belongs together:'
  return [heading, ...choicesText(choices, words, verbose)]
}

/** One command that gives an answer, or null where the question itself is at fault. */
function readyCommand(
  { choices, workloads, policies, inventory }: Cluster,
  words: readonly string[],
  errors: readonly Diagnostic[],
): string | null {
  if (choices === null) return null
  const [best] = choices.choices
  if (best !== undefined) return `${commandFor(best, words)}   (${holds(best, choices.policies)})`
  if (workloads.length + policies.length === 0 && isElsewhere(errors, inventory))
    return `${live(words)}   (what runs in a cluster, not tried)`
  if (workloads.length + policies.length === 0) return null
  return `${['netpol-sim', ...words, '--keep-going'].map(shellWord).join(' ')}   (without what has errors; the answer is incomplete)`
}

/** Whether what runs is made of something else than these files, not of a manifest that only has to be corrected. */
function isElsewhere(errors: readonly Diagnostic[], { files }: Inventory): boolean {
  return errors.every(
    ({ code, object }) =>
      code === 'NP027' || code === 'NP031' || (files > 1 && object?.startsWith('NetworkPolicy ') !== true),
  )
}

/** What is in a cluster, however it got there: by Flux, Argo CD or an operator, or out of a program. */
function live(words: readonly string[]): string {
  return `kubectl get ns,no,po,svc,netpol -A -o json | ${['netpol-sim', ...words, '-f', '-'].map(shellWord).join(' ')}`
}

/** `11 errors, 5 warnings, no answer; netpol-sim explain NP008`. */
export function countLine(errors: readonly Diagnostic[], first: Diagnostic | undefined, warnings: number): string {
  const counts = [
    counted(errors.length, 'error'),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
    'no answer',
  ]
  return first === undefined ? counts.join(', ') : `${counts.join(', ')}; netpol-sim explain ${first.code}`
}
