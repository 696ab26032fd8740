import { join } from 'node:path'
import type { CheckOptions, CheckResult, Cluster, FlowResult, LoadOptions } from '../../src/index.js'
import { check, loadCluster } from '../../src/index.js'
import { readYaml } from './yaml-file.js'

/** One expectation of a scenario, in the assertion format with the keys that only tests have. */
export interface Expectation {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly ports?: readonly (string | number)[]
  readonly family?: 'IPv4' | 'IPv6'
  /** The verdict over all flows, and of each of them unless it is `partial`. */
  readonly expect: 'allow' | 'deny' | 'partial' | 'error'
  /** The verdicts of all flows by the ids of their destinations. */
  readonly flows?: Readonly<Record<string, 'allow' | 'deny'>>
  readonly deniedBy?: 'ingress' | 'egress' | 'both'
  readonly egress?: string
  readonly ingress?: string
  readonly certainty?: string
  readonly notes?: readonly string[]
  readonly message?: string
}

export interface Scenario {
  readonly inputs: readonly string[]
  readonly options?: LoadOptions & Omit<CheckOptions, 'podCidrs'> & { readonly podCidr?: readonly string[] }
  readonly diagnostics?: readonly string[]
  readonly tests: readonly Expectation[]
}

/** Reads `netpol-tests.yaml` of a scenario's folder. */
export function readScenario(folder: string): Scenario {
  return readYaml(join(folder, 'netpol-tests.yaml')) as Scenario
}

export function loadScenario(folder: string, { inputs, options = {} }: Scenario): Cluster {
  const { namespace, lenient, strict, keepGoing, exclude, manifests } = options
  return loadCluster(
    inputs.map((path) => join(folder, path)),
    { namespace, lenient, strict, keepGoing, exclude, manifests },
  )
}

/** The answers to an expectation: one for every port that it lists. */
export function ask(
  cluster: Cluster,
  { from, to, ports }: Expectation,
  options: Scenario['options'] = {},
): readonly CheckResult[] {
  const { ipblockPods, hostNetwork, podCidr: podCidrs, strict, namespace } = options
  const settings = { ipblockPods, hostNetwork, podCidrs, strict, namespace }
  return (ports ?? ['any']).map((port) => check(cluster, { from, to, port }, settings))
}

/** The flows that an expectation is about. */
export function flowsOf(answers: readonly CheckResult[], { family }: Expectation): readonly FlowResult[] {
  return answers
    .flatMap(({ flows }) => flows)
    .filter((flow) => family === undefined || flow.family === undefined || flow.family === family)
}
