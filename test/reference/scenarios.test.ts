import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { readScenario, type Expectation, type Scenario } from '../support/scenario.js'
import { evaluate, type End, type Options, type Question } from './evaluate.js'
import { NotAQuestion } from './parties.js'
import { evaluateService } from './service-answer.js'

const ROOT = 'fixtures/scenarios'

/** What the evaluator knows too little of, and why. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'F-209': 'an alias has no pods behind it, and E-7 is about host names',
  'F-210': 'an alias has no pods behind it, and E-7 is about host names',
}

const folders = readdirSync(ROOT).filter((name) => /^(?:F-[2][0-7]|C-|E-)/.test(name))

/** What a scenario expects of one port, and the answer in the same words. */
interface Compared {
  readonly wanted: readonly (string | undefined)[]
  readonly given: readonly (string | undefined)[]
}

function objectsOf(folder: string, { inputs }: Scenario): readonly unknown[] {
  return inputs
    .flatMap((path) => loadAll(readFileSync(join(ROOT, folder, path), 'utf8')))
    .filter((one) => one !== null && one !== undefined)
    .map(readyInWorldW)
}

/** World W says nothing of conditions: its pods run, and those behind Services are ready. */
function readyInWorldW(object: unknown): unknown {
  const pod = object as { kind: string; status?: { conditions?: unknown } }
  if (pod.kind !== 'Pod' || pod.status === undefined || pod.status.conditions !== undefined) return object
  return { ...pod, status: { ...pod.status, conditions: [{ type: 'Ready', status: 'True' }] } }
}

function endOf(text: string): End {
  if (text.startsWith('node/')) return { node: text.slice('node/'.length) }
  if (text.includes('/')) return { pod: text.replace('/Pod/', '/') }
  return /[.]/.test(text) && !/^[\d.]+$/.test(text) ? { host: text } : { address: text }
}

function portOf(text: string | number): Pick<Question, 'port' | 'protocol'> {
  const [number = '', protocol = 'TCP'] = String(text).split('/')
  return { port: Number(number), protocol: protocol as Question['protocol'] }
}

function compared(
  objects: readonly unknown[],
  expectation: Expectation,
  port: string | number,
  options: Options,
  namespace: string,
): Compared {
  const { from, to, expect: verdict, certainty = 'certain', egress, ingress, family } = expectation
  const service = /^(?:([^/]+)\/Service\/|svc\/)([^/]+)$/.exec(to)
  const only = (given: { egress: string; ingress: string }) => [egress && given.egress, ingress && given.ingress]
  if (service === null) {
    const question = { from: endOf(from), to: endOf(to), ...portOf(port), ...(family === undefined ? {} : { family }) }
    if (verdict === 'error') return { wanted: ['error'], given: [refused(() => evaluate(objects, question, options))] }
    const answer = evaluate(objects, question, options)
    return { wanted: [verdict, certainty, egress, ingress], given: [answer.verdict, answer.certainty, ...only(answer)] }
  }
  const [number = '', protocol] = String(port).split('/')
  const asked = {
    port: /^\d+$/.test(number) ? Number(number) : number,
    ...(protocol === undefined ? {} : { protocol }),
  }
  const answer = evaluateService(
    objects,
    { from: endOf(from), to: { service: `${service[1] ?? namespace}/${service[2] ?? ''}` }, asked },
    options,
  )
  if ('problem' in answer) return { wanted: [verdict], given: ['error'] }
  const flows = answer.flows.filter((flow) => family === undefined || flow.family === family)
  const words = flows.map((flow) => [flow.certainty, ...only(flow)].join(' '))
  const each = Object.fromEntries(flows.map((flow) => [flow.to.replace('/', '/Pod/'), flow.verdict]))
  return {
    wanted: [verdict, JSON.stringify(expectation.flows ?? each), [certainty, egress, ingress].join(' ')],
    given: [answer.verdict, JSON.stringify(each), [...new Set(words)].join()],
  }
}

function refused(ask: () => unknown): string {
  try {
    ask()
    return 'answer'
  } catch (error) {
    return error instanceof NotAQuestion ? 'error' : String(error)
  }
}

const isAsked = (name: string) => !Object.keys(NOT_ASKED).some((row) => name.startsWith(row))

describe.each(folders.filter(isAsked))('C-1 to C-28, A-80 to A-85: the reference evaluator says of %s', (folder) => {
  const scenario = readScenario(`${ROOT}/${folder}`)
  const { ipblockPods, hostNetwork, podCidr } = scenario.options ?? {}
  const options: Options = {
    ...(ipblockPods === undefined ? {} : { ipblockPods }),
    ...(hostNetwork === undefined ? {} : { hostNetwork }),
    ...(podCidr === undefined ? {} : { podCidrs: [...podCidr] }),
  }
  const objects = objectsOf(folder, scenario)

  // Words of the command line are not the evaluator's
  const tests = scenario.tests.filter(({ from, to }) => from !== 'external' && !/^[a-z]+$/.test(to))
  test.each(tests)('$name', (expectation) => {
    for (const port of expectation.ports ?? []) {
      const { wanted, given } = compared(objects, expectation, port, options, scenario.options?.namespace ?? 'default')
      expect(given).toEqual(wanted)
    }
  })
})

test('every edge case of Services, the outside and the tiers is a scenario or a refused input', () => {
  const rows = Array.from({ length: 72 }, (_, index) => 200 + index).filter((row) => row < 222 || row >= 230)
  const names = [
    ...folders.flatMap((folder) => [folder, ...readScenario(`${ROOT}/${folder}`).tests.map(({ name }) => name)]),
    ...readdirSync('fixtures/invalid'),
  ]
  const known = new Set(names.flatMap((name) => [...name.matchAll(/F-(\d{3})/g)].map(([, row]) => Number(row))))
  expect(rows.filter((row) => !known.has(row))).toEqual([])
})
