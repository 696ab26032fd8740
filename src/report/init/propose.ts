import { mutantFates } from '../../analyze/assertions/coverage.js'
import { evaluateFile, type EvaluatedFile } from '../../analyze/assertions/evaluate.js'
import { NO_LIMITS } from '../../analyze/assertions/limits.js'
import { matrixAnswer, type MatrixAnswer } from '../../analyze/matrix.js'
import { notIsolated } from '../../analyze/not-isolated.js'
import type { AssertionFile } from '../../model/assertion.js'
import type { Cluster } from '../../model/cluster.js'
import { matchesNothing, ok, type Result } from '../../query/question-error.js'
import { readOptions, type CheckOptions } from '../check.js'
import { tellingTest } from '../test/coverage.js'
import { closedNamespaces } from './closed-namespaces.js'
import { oneLineDraft, type DraftTest } from './draft-test.js'
import { namespaceReach, type NamespaceReach } from './namespace-reach.js'
import { namespaceTests } from './namespace-tests.js'
import { pairTests, type IsIsolated } from './pair-tests.js'
import { testsFileText, type TestsFile } from './tests-file.js'

/** So many lines are read; a larger cluster is told by namespaces. */
const MOST_PAIRS = 40
/** What else the limit of tests leaves room for. */
const MOST_TESTS = 60
/** Tests that were found by changing policies, where those about namespaces notice no change. */
const MOST_TELLING = 20

/** An assertion file that holds, and how many tests it has. */
export interface Proposal {
  readonly text: string
  readonly tests: number
  readonly closed: readonly string[]
}

/**
 * Writes the first assertion file of a cluster: it passes, and notices the loss of at least one place of the policies
 * wherever losing one changes anything.
 */
export function proposeTests(
  cluster: Cluster,
  options: Omit<CheckOptions, 'limit' | 'verbose'>,
  parse: (text: string) => AssertionFile,
): Result<Proposal> {
  const read = readOptions(options)
  if (!read.ok) return read
  const { value: engine } = read
  const { namespace = 'default', strict } = options
  const answer = matrixAnswer(cluster, { namespace, pods: false }, engine)
  if (!answer.ok) return answer
  const visible = answer.value.endpoints.filter(
    ({ party }) => engine.hostNetwork === 'enforce' || !party.pods.some(({ hostNetwork }) => hostNetwork),
  )
  const isIsolated = isolationOf(answer.value)
  if (!visible.some((end) => isIsolated(end, 'ingress') || isIsolated(end, 'egress')))
    return matchesNothing('no policy isolates a workload, so everything is allowed and there is nothing to assert')
  const shown = new Set<unknown>(visible)
  const connections = () =>
    filter(answer.value.connections(), ({ from, to }) => [from, to].every((end) => 'ranges' in end || shown.has(end)))
  const evaluate = (file: TestsFile) =>
    evaluateFile(cluster, parse(testsFileText(file)), {
      ...engine,
      namespace,
      isStrict: strict === true,
      limits: NO_LIMITS,
    })
  const pairs = take(pairTests(cluster, connections(), isIsolated), MOST_PAIRS + 1)
  const reach = namespaceReach(visible, connections())
  const isSmall = pairs.length <= MOST_PAIRS
  const about = isSmall ? ABOUT_PAIRS : ABOUT_NAMESPACES
  const drafts = isSmall ? pairs : namespaceTests(reach).slice(0, MOST_TESTS - MOST_TELLING)
  const first = evaluate({ tests: drafts, about, closed: null })
  const held = keepPassing(first, drafts)
  // What was drafted and does not hold permits nothing
  const kept = held.length === drafts.length ? first : evaluate({ tests: held, about, closed: null })
  const closed = closedNamespaces(kept, isSmall ? reach.namespaces : silent(reach))
  const whole = closed === null ? kept : evaluate({ tests: held, about, closed })
  const tests = [...held, ...telling(cluster, whole, isSmall && held.length > 0 ? 1 : MOST_TELLING)]
  return ok({ text: testsFileText({ tests, about, closed }), tests: tests.length, closed: closed?.namespaces ?? [] })
}

const ABOUT_PAIRS = ['Each line is a connection that a policy has a say about, and allows.']
const ABOUT_NAMESPACES = [
  'The cluster has too many connections to list each: these say who is kept out of which namespace.',
  'netpol.lock has every connection; add a line such as `allow shop/web -> shop/api:8080` for those that matter.',
]

function isolationOf(answer: MatrixAnswer): IsIsolated {
  const { egress, ingress } = notIsolated(answer)
  const free = { egress: new Set(egress), ingress: new Set(ingress) }
  return (end, direction) => !('ranges' in end) && !free[direction].has(end.id)
}

/** Drafts that hold; what is uncertain does not. */
function keepPassing({ outcomes }: EvaluatedFile, drafts: readonly DraftTest[]): readonly DraftTest[] {
  const passed = new Set(outcomes.flatMap(({ status, assertion }) => (status === 'passed' ? [assertion.name] : [])))
  return drafts.filter(({ name }) => passed.has(name))
}

/** Tests that notice a change of a policy, if those that there are notice none. */
function telling(cluster: Cluster, file: EvaluatedFile, most: number): readonly DraftTest[] {
  const found = new Map<string, DraftTest>()
  for (const fate of mutantFates(cluster, [file])) {
    if (fate.fate === 'killed') return []
    if (fate.fate === 'no-effect' || found.size === most) continue
    const text = tellingTest(fate, file)
    if (text !== null) found.set(text, oneLineDraft(text))
  }
  return [...found.values()]
}

/** Namespaces that nothing reaches, or that reach nothing: without a test for each connection no others can be closed. */
function silent({ namespaces, into, outOf }: NamespaceReach): readonly string[] {
  return namespaces.filter((namespace) => into(namespace).size === 0 || outOf(namespace).size === 0)
}

function* filter<Item>(items: Iterable<Item>, wanted: (item: Item) => boolean): Iterable<Item> {
  for (const item of items) if (wanted(item)) yield item
}

function take<Item>(items: Iterable<Item>, most: number): readonly Item[] {
  const taken: Item[] = []
  for (const item of items) {
    if (taken.length === most) break
    taken.push(item)
  }
  return taken
}
