import fc from 'fast-check'
import type { EngineOptions } from '../../src/engine/compile.js'
import type { Cluster } from '../../src/index.js'
import type { Options } from '../reference/evaluate.js'
import { cases } from '../reference/generate.js'
import { clusterPolicies } from '../reference/generate-tiers.js'
import { app } from './assertion-cluster.js'
import { clusterOf, engineOptions } from './laws.js'
import {
  at,
  dictOf,
  isKind,
  listOf,
  nameOf,
  namespaceOf,
  textOf,
  without,
  withSpec,
  type Dict,
  type Json,
} from './laws-json.js'
import { randomOf, type Random } from './laws-random.js'

/** One side of a random comparison. */
export interface RandomSide {
  readonly objects: readonly Dict[]
  readonly options: Options
  readonly cluster: Cluster
  readonly engine: EngineOptions
}

/** Two clusters that some edits lead from one to the other. */
export interface RandomPair {
  readonly base: RandomSide
  readonly head: RandomSide
  readonly edits: readonly string[]
}

type Edit = (objects: readonly Dict[], random: Random, others: readonly Dict[]) => readonly Dict[]

const LABELS = [
  ['app', 'web'],
  ['app', 'db'],
  ['tier', 'web'],
  ['constructor', 'Web'],
] as const

/** Some Deployments beside the pods, two of which nothing tells apart. */
const WORKLOADS: readonly Dict[] = [
  app({ namespace: 'x', name: 'web', ports: [{ name: 'http', containerPort: 80 }], replicas: 2 }),
  app({ namespace: 'x', name: 'web-too', ports: [{ name: 'http', containerPort: 80 }], labels: { app: 'web' } }),
  app({ namespace: 'y', name: 'db', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }),
].map((text) => JSON.parse(text) as Dict)

const isPolicy = (object: Dict) => isKind(object, 'NetworkPolicy')
/** Policies for the whole cluster. */
const isOfCluster = (object: Dict) =>
  /^(?:Baseline)?AdminNetworkPolicy$|^ClusterNetworkPolicy$/.test(textOf(object['kind']))
const isWorkload = (object: Dict) => isKind(object, 'Pod') || isKind(object, 'Deployment')

/** Puts something in the place of one object that is chosen by chance. */
function change(
  wanted: (object: Dict) => boolean,
  to: (object: Dict, random: Random, others: readonly Dict[]) => Dict | null,
): Edit {
  return (objects, random, others) => {
    const some = objects.filter(wanted)
    if (some.length === 0) return objects
    const chosen = random.pick(some)
    const changed = to(chosen, random, others)
    return objects.flatMap((one): readonly Dict[] => (one !== chosen ? [one] : changed === null ? [] : [changed]))
  }
}

const directionOf = (random: Random) => (random.chance(50) ? 'ingress' : 'egress')
const policyOf = (others: readonly Dict[], random: Random) => random.pick(others.filter(isPolicy))

/** The entries of a list with one changed, left out or added. */
function oneChanged(list: readonly Json[], random: Random, another: () => Json | undefined): Json[] {
  const copy = [...list]
  const [place, other] = [random.int(copy.length + 1), another()]
  if (other !== undefined && (copy.length === 0 || random.chance(40))) copy.splice(place, 0, other)
  else if (other !== undefined && random.chance(50)) copy[Math.min(place, copy.length - 1)] = other
  else copy.splice(Math.min(place, copy.length - 1), 1)
  return copy
}

/** The rules of other policies of the same kind. */
function rulesOfKind(kind: Json | undefined, direction: string, others: readonly Dict[]): readonly Json[] {
  return others.filter((one) => one['kind'] === kind).flatMap((one) => listOf(at(one, 'spec', direction)))
}

/** Edits of policies for the whole cluster, where there are any. */
const EDITS_OF_CLUSTER: Readonly<Record<string, Edit>> = {
  'cluster policy removed': change(isOfCluster, () => null),
  'cluster policy added': (objects, random, others) => {
    const some = others.filter((one) => isOfCluster(one) && !isKind(one, 'BaselineAdminNetworkPolicy'))
    if (some.length === 0) return objects
    const name = `new${random.int(1000)}`
    return objects.some((one) => nameOf(one) === name)
      ? objects
      : [...objects, { ...random.pick(some), metadata: { name } }]
  },
  'subject of the cluster changed': change(isOfCluster, (policy, random, others) => {
    const same = others.filter((one) => one['kind'] === policy['kind'])
    return same.length === 0 ? policy : withSpec(policy, { subject: at(random.pick(same), 'spec', 'subject') ?? {} })
  }),
  'priority changed': change(isOfCluster, (policy, random) =>
    at(policy, 'spec', 'priority') === undefined
      ? policy
      : withSpec(policy, { priority: random.pick([0, 1, 2, 1000]) }),
  ),
  'tier changed': change(
    (object) => isKind(object, 'ClusterNetworkPolicy'),
    (policy, random) => withSpec(policy, { tier: random.pick(['Admin', 'Baseline']) }),
  ),
  'rules of the cluster changed': change(isOfCluster, (policy, random, others) => {
    const direction = directionOf(random)
    const more = rulesOfKind(policy['kind'], direction, others)
    const rules = oneChanged(listOf(at(policy, 'spec', direction)), random, () =>
      more.length === 0 ? undefined : random.pick(more),
    )
    return withSpec(policy, { [direction]: random.chance(30) ? random.shuffled(rules) : rules })
  }),
  'action changed': change(isOfCluster, (policy, random) => {
    const direction = directionOf(random)
    const rules = listOf(at(policy, 'spec', direction))
    const actions = new Set(rules.map((rule) => textOf(at(rule, 'action'))))
    if (rules.length === 0) return policy
    const chosen = random.int(rules.length)
    const action = random.pick([...actions, 'Deny'])
    return withSpec(policy, {
      [direction]: rules.map((rule, index) => (index === chosen ? { ...dictOf(rule), action } : rule)),
    })
  }),
}

const EDITS: Readonly<Record<string, Edit>> = {
  ...EDITS_OF_CLUSTER,
  'policy removed': change(isPolicy, () => null),
  'policy added': (objects, random, others) => {
    const added = policyOf(others, random)
    const metadata = { ...dictOf(added['metadata']), name: `new${random.int(1000)}` }
    return objects.some((one) => nameOf(one) === metadata.name) ? objects : [...objects, { ...added, metadata }]
  },
  'spec changed': change(isPolicy, (policy, random, others) => ({
    ...policy,
    spec: policyOf(others, random)['spec'] ?? {},
  })),
  'subject changed': change(isPolicy, (policy, random, others) =>
    withSpec(policy, { podSelector: at(policyOf(others, random), 'spec', 'podSelector') ?? {} }),
  ),
  'types changed': change(isPolicy, (policy, random) =>
    withSpec(policy, { policyTypes: random.pick([['Ingress'], ['Egress'], ['Ingress', 'Egress']]) }),
  ),
  'rule changed': change(isPolicy, (policy, random, others) => {
    const direction = directionOf(random)
    const more = others.filter(isPolicy).flatMap((one) => listOf(at(one, 'spec', direction)))
    const rules = oneChanged(listOf(at(policy, 'spec', direction)), random, () =>
      more.length === 0 ? undefined : random.pick(more),
    )
    return withSpec(policy, { [direction]: rules })
  }),
  'entry changed': change(isPolicy, (policy, random, others) => {
    const direction = directionOf(random)
    const rules = listOf(at(policy, 'spec', direction))
    if (rules.length === 0) return policy
    const chosen = random.int(rules.length)
    const field = random.chance(50) ? 'ports' : direction === 'ingress' ? 'from' : 'to'
    const more = others
      .filter(isPolicy)
      .flatMap((one) => listOf(at(one, 'spec', direction)).flatMap((rule) => listOf(at(rule, field))))
    const changed = rules.map((rule, index) =>
      index === chosen
        ? {
            ...dictOf(rule),
            [field]: oneChanged(listOf(at(rule, field)), random, () =>
              more.length === 0 ? undefined : random.pick(more),
            ),
          }
        : rule,
    )
    return withSpec(policy, { [direction]: changed })
  }),
  'pod relabelled': change(isWorkload, (object, random) => {
    const [key, value] = random.pick(LABELS)
    const set = (holder: Json | undefined): Dict => {
      const metadata = dictOf(at(holder, 'metadata'))
      return { ...dictOf(holder), metadata: { ...metadata, labels: { ...dictOf(metadata['labels']), [key]: value } } }
    }
    if (isKind(object, 'Pod')) return set(object)
    const spec = without(dictOf(object['spec']), 'selector')
    return { ...object, spec: { ...spec, template: set(spec['template']) } }
  }),
  'port changed': change(isWorkload, (object, random) => {
    const ports = random.pick<Json>([
      [],
      [{ name: 'http', containerPort: random.pick([79, 80, 81]) }],
      [{ name: 'dns', containerPort: 53, protocol: 'UDP' }],
    ])
    const inside = (spec: Json | undefined): Dict => ({
      ...dictOf(spec),
      containers: [{ name: 'one', image: 'server', ports }],
    })
    if (isKind(object, 'Pod')) return { ...object, spec: inside(object['spec']) }
    const template = dictOf(at(object, 'spec', 'template'))
    return withSpec(object, { template: { ...template, spec: inside(template['spec']) } })
  }),
  'replicas changed': change(
    (object) => isKind(object, 'Deployment'),
    (object, random) => withSpec(object, { replicas: random.pick([1, 2, 3]) }),
  ),
  'host network changed': change(
    (object) => isKind(object, 'Deployment'),
    (object, random) => {
      const template = dictOf(at(object, 'spec', 'template'))
      return withSpec(object, {
        template: { ...template, spec: { ...dictOf(template['spec']), hostNetwork: random.chance(70) } },
      })
    },
  ),
  'namespace relabelled': change(
    (object) => isKind(object, 'Namespace'),
    (object, random) => {
      const [key, value] = random.pick(LABELS)
      const metadata = dictOf(object['metadata'])
      return random.chance(20)
        ? null
        : { ...object, metadata: { ...metadata, labels: { ...dictOf(metadata['labels']), [key]: value } } }
    },
  ),
  'workload removed': change(isWorkload, () => null),
  'workload renamed': change(
    (object) => isKind(object, 'Deployment'),
    (object) => ({ ...object, metadata: { ...dictOf(object['metadata']), name: `${nameOf(object)}-2` } }),
  ),
  moved: (objects, random) => random.shuffled(objects),
}

function sideOf(objects: readonly Dict[], options: Options): RandomSide {
  return { objects, options, cluster: clusterOf(objects), engine: engineOptions(options) }
}

/** Edits that only policies differ by. */
const OF_POLICIES: readonly string[] = [
  ...Object.keys(EDITS_OF_CLUSTER),
  ...['policy removed', 'policy added', 'spec changed', 'subject changed', 'types changed', 'rule changed'],
  ...['entry changed', 'moved'],
]

/** Makes the head of a base by one to so many edits. */
function edited(
  base: readonly Dict[],
  others: readonly Dict[],
  random: Random,
  most: number,
  names: readonly string[],
): { objects: readonly Dict[]; edits: readonly string[] } {
  let objects = base
  const edits: string[] = []
  for (let left = 1 + random.int(most); left > 0; left--) {
    const name = random.pick(names)
    objects = EDITS[name]?.(objects, random, others) ?? objects
    edits.push(name)
  }
  return { objects, edits }
}

/** What random pairs are made of. */
export interface PairsOf {
  /** Nothing else differs. */
  readonly only?: 'policies'
}

/** Tries a law on random pairs of one to `most` edits; pairs whose head has no pods any more are left out. */
export function everyPair(
  runs: number,
  most: number,
  law: (pair: RandomPair, random: Random) => void,
  { only }: PairsOf = {},
): void {
  const ofCluster = fc.option(clusterPolicies, { nil: [] })
  const property = fc.property(cases, cases, ofCluster, ofCluster, fc.nat(), (example, other, own, more, number) => {
    const random = randomOf(number)
    const before = [...(example.objects as Dict[]), ...WORKLOADS, ...plain(own)]
    const others = [...(other.objects as Dict[]), ...plain(more)].filter(
      (one) => isOfCluster(one) || (isPolicy(one) && namespaceOf(one) !== ''),
    )
    const names = only === 'policies' ? OF_POLICIES : Object.keys(EDITS)
    const policies = before.filter((one) => isPolicy(one) || isOfCluster(one))
    const { objects, edits } = edited(before, [...others, ...policies], random, most, names)
    const isOtherwise = only === undefined && random.chance(10)
    const [base, head] = [
      sideOf(before, example.options),
      sideOf(objects, isOtherwise ? other.options : example.options),
    ]
    fc.pre(base.cluster.workloads.length > 0 && head.cluster.workloads.length > 0)
    law({ base, head, edits }, random)
  })
  fc.assert(property, { numRuns: runs })
}

/** Objects as a file would give them, without absent properties. */
function plain(objects: readonly object[]): readonly Dict[] {
  return JSON.parse(JSON.stringify(objects)) as Dict[]
}
