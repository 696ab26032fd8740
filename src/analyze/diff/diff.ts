import { withinLimits } from '../matrix.js'
import type { Direction } from '../../model/direction.js'
import { lazy } from '../../model/once.js'
import { ruleForms } from '../../policy/rule-forms.js'
import { parsePort, type PortQuestion } from '../../query/port.js'
import { ok, type Result } from '../../query/question-error.js'
import { because, type Because } from './because.js'
import type { Change } from './change.js'
import type { Compared } from './compared.js'
import { changesOf } from './changes.js'
import { compareAll, compareNear, unchangedLines } from './comparison.js'
import { dnsChanges, mayChangeDns, pairedServers } from './dns-changes.js'
import { mixedPolicies } from './edits/policy-edits.js'
import { endpointPairs, type EndpointPair, type EndpointPairs } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import { isolationChanges, type Gain, type IsolationChange } from './isolation-changes.js'
import { jointWorld, type DiffSide, type JointWorld } from './joint-world.js'
import { mixtures } from './mixtures.js'
import { nearChanges } from './near-changes.js'
import { serviceChanges, type ServiceChange } from './service-changes.js'
import { selectPairs, type DiffQuestion } from './select-pairs.js'

/** What a change of policies opens and closes. */
export interface DiffAnswer extends EndpointPairs {
  readonly world: JointWorld
  /** By danger, and then by the ids of the ends. */
  readonly changes: readonly Change[]
  /** What may be open now, as the input or the API leaves it open, and was certainly closed; in the same order. */
  readonly possible: readonly Change[]
  /** How many kinds of pairs were not looked at closely enough to tell whether they are among these. */
  readonly unresolved: number
  /** Counts the lines of the matrix that are the same on both sides, which takes longer than all else where few policies differ. */
  readonly unchanged: () => number
  readonly isolation: readonly IsolationChange[]
  readonly dns: readonly Gain[]
  readonly services: readonly ServiceChange[]
  /** The edits that changes come of; computed for those that are asked about. */
  readonly because: Because
}

/**
 * Compares two clusters. Mistakes in the question are returned. Where only policies differ, what they can have changed is looked
 * at; `everything` is compared all the same if that is asked for.
 */
export function diffAnswer(
  base: DiffSide,
  head: DiffSide,
  question: DiffQuestion,
  compared: 'what may differ' | 'everything' = 'what may differ',
): Result<DiffAnswer> {
  const port: Result<PortQuestion> = question.port === undefined ? ok({ kind: 'whole-set' }) : parsePort(question.port)
  if (!port.ok) return port
  const asked: PortQuestion = port.value
  const paired = endpointPairs(base.cluster, head.cluster, asked)
  const selected = selectPairs(base, head, paired.pairs, question, asked)
  if (!selected.ok) return selected
  const { sources, destinations, outsideSources, outsideDestinations } = selected.value
  const isMeant = (pair: EndpointPair) => question.includeNew || (pair.base !== null && pair.head !== null)
  const about: Compared = {
    sources: sources.filter(isMeant),
    destinations: destinations.filter(isMeant),
    ranges: { ingress: outsideSources, egress: outsideDestinations },
    port: asked,
  }
  return withinLimits((): DiffAnswer => {
    const policies = mixedPolicies(ruleForms(base.cluster.policies), ruleForms(head.cluster.policies))
    const near = compared === 'everything' ? null : nearChanges(base, head, paired.pairs, policies)
    const world = near === null ? jointWorld(base, head) : jointWorld(near.sides.base, near.sides.head)
    const servers = lazy(() => pairedServers(base, head, paired.pairs))
    const mixed = mixtures(world, policies, servers)
    const found = near === null ? compareAll(world, about) : compareNear(world, near, about)
    const mayDiffer = (direction: Direction) => (pair: EndpointPair) =>
      near === null || near.touched[direction].has(pair)
    const seen = changesOf(found)
    return {
      ...paired,
      world,
      changes: seen.filter(({ kind }) => kind !== 'possible'),
      possible: seen.filter(({ kind }) => kind === 'possible'),
      unresolved: found.unresolved,
      unchanged: lazy(() => (near === null ? found.unchanged : unchangedLines(base, about, found))),
      isolation: isolationChanges(world, {
        egress: about.sources.filter(mayDiffer('egress')),
        ingress: about.destinations.filter(mayDiffer('ingress')),
      }),
      dns: dnsChanges(
        base,
        head,
        about.sources.filter(near === null ? () => true : mayChangeDns(base, head, near.touched)),
      ),
      services: serviceChanges(base.cluster, head.cluster, paired.renamed).filter(
        aboutAny(question, about.destinations),
      ),
      because: because(world, mixed, asked),
    }
  })
}

/** Whether a Service leads, or led, to one of the destinations that are asked about; all do where none is. */
function aboutAny(
  { from, to, port }: DiffQuestion,
  destinations: readonly EndpointPair[],
): (change: ServiceChange) => boolean {
  if (from === undefined && to === undefined && port === undefined) return () => true
  const asked = new Set(destinations.map((pair) => workloadOf(pair).id))
  return ({ added, removed, ports }) => [...added, ...removed, ...ports.map(({ id }) => id)].some((id) => asked.has(id))
}
