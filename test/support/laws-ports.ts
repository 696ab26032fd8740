import { expect } from 'vitest'
import type { Cluster, FlowResult } from '../../src/index.js'
import type { Question } from '../reference/evaluate.js'
import { PORTS } from '../reference/generate-universe.js'
import { endText, textOf, type Sample } from './laws.js'
import { checked, tell } from './laws-check.js'
import type { Random } from './laws-random.js'

/** The highest port. */
export const MAX = 65535
/** The ports at and beside those that policies and pods of the random clusters name. */
export const EDGES = [...new Set(PORTS.flatMap((port) => [port - 1, port, port + 1]))].filter(
  (port) => port >= 1 && port <= MAX,
)

/** The ends of a question for `check`. */
export const ends = ({ from, to }: Question) => ({ from: endText(from), to: endText(to) })
const lastOf = ({ port, endPort = port }: FlowResult): number => endPort
/** Whether an answer holds in a family. */
export const inFamily =
  (family: string | undefined) =>
  (flow: FlowResult): boolean =>
    family === undefined || flow.family === undefined || flow.family === family

/** The families that are told apart; where none is, the one answer for all of them. */
export function familiesOf(flows: readonly FlowResult[]): readonly (string | undefined)[] {
  const told = new Set(flows.map(({ family }) => family).filter((family) => family !== undefined))
  return told.size === 0 ? [undefined] : [...told]
}

/** What the answer about many ports says of one of them, in a family. */
export function saysOf(flows: readonly FlowResult[], protocol: string, port: number, family: string | undefined) {
  return flows
    .filter((flow) => flow.protocol === protocol && flow.port <= port && port <= lastOf(flow))
    .filter(inFamily(family))
    .map(tell)
}

/** Flows of one protocol and family must follow each other from the first port to the last, and differ from their neighbours. */
export function expectTiled(flows: readonly FlowResult[], first: number, last: number): void {
  for (const family of familiesOf(flows)) {
    for (const protocol of new Set(flows.map((flow) => flow.protocol))) {
      const tiles = flows.filter((flow) => flow.protocol === protocol && flow.family === family)
      const starts = [...tiles.map(({ port }) => port), last + 1]
      expect(starts).toEqual([first, ...tiles.map((tile) => lastOf(tile) + 1)])
      expect(tiles.filter((tile, index) => tell(tile) === tellNext(tiles, index))).toEqual([])
    }
  }
}

const tellNext = (tiles: readonly FlowResult[], index: number): string => {
  const next = tiles[index + 1]
  return next === undefined ? '' : tell(next)
}

/** The answer about many ports must say of single ones what asking about them says. */
export function expectAgreement(
  cluster: Cluster,
  question: Question,
  flows: readonly FlowResult[],
  { options, random }: Sample,
) {
  const protocols = [...new Set(flows.map(({ protocol }) => protocol))]
  const [low, high] = [Math.min(...flows.map(({ port }) => port)), Math.max(...flows.map(lastOf))]
  for (const port of portsToTry(flows, random)) {
    if (port < low || port > high) continue
    const protocol = random.pick(protocols)
    const single = checked(cluster, { ...ends(question), port: `${port}/${protocol}` }, options)
    for (const family of familiesOf([...flows, ...single.flows])) {
      const wanted = single.flows.filter(inFamily(family)).map(tell)
      expect([textOf(question), port, protocol, ...saysOf(flows, protocol, port, family)]).toEqual([
        ...[textOf(question), port, protocol],
        ...wanted,
      ])
    }
  }
}

function portsToTry(flows: readonly FlowResult[], random: Random): readonly number[] {
  const [edge, other] = [random.pick(flows), random.pick(flows)]
  return [edge.port, lastOf(edge), other.port, lastOf(other) + 1, ...random.shuffled(EDGES).slice(0, 6)]
}

/** The verdict over several flows. */
export function summary(flows: readonly FlowResult[]): string {
  const verdicts = new Set(flows.map(({ verdict }) => verdict))
  return verdicts.size > 1 ? 'partial' : [...verdicts].join('')
}
