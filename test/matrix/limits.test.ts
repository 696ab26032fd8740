import { describe, expect, test } from 'vitest'
import { check, matrix, parseCluster } from '../../src/index.js'
import { isTooCostly } from '../../src/analyze/check-cost.js'
import { matrixOf } from '../../src/analyze/class-matrix.js'
import { CLOSED, degreeNumbers, SURELY_EVERY, SURELY_SOME, UNSETTLED } from '../../src/analyze/degrees.js'
import { endpointsOf } from '../../src/analyze/matrix-endpoints.js'
import { reachOf } from '../../src/analyze/reach.js'
import { tallyOf } from '../../src/analyze/tally.js'
import { portsOfCaveats } from '../../src/analyze/closed-caveats.js'
import { compile } from '../../src/engine/compile.js'
import { cellBudget, checkJoins } from '../../src/matrix/budget.js'
import { classesOf } from '../../src/matrix/classes.js'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import { layering } from '../../src/matrix/layers.js'
import { selectorGroups } from '../../src/matrix/selector-groups.js'
import { shapesOf } from '../../src/matrix/shapes.js'

const pod = (name: string, namespace = 'shop') =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\nspec: {containers: []}\n`
const policy = (name: string, spec: string, namespace = 'shop') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n`
const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join('')
const clusterOf = (text: string) => parseCluster(text)
/** Namespaces that nobody defines, each with a pod and a selector of namespaces. */
const unknownNamespaces = (many: number) =>
  clusterOf(
    times(
      many,
      (index) =>
        pod(`p${index}`, `n${index}`) +
        policy(
          'np',
          `{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {k${index}: v}}}]}]}`,
          `n${index}`,
        ),
    ),
  )
const refusal = ({
  diagnostics,
}: {
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[]
}) => diagnostics.filter(({ code }) => code === 'NP030').map(({ message }) => message)

describe('two lists that are short, and long by each other, are refused with the limit', () => {
  test('selectors for everybody else × pods', () => {
    const many = 1600
    const text =
      times(many, (index) => pod(`p${index}`)) +
      times(many, (index) =>
        policy(
          `np${index}`,
          `{podSelector: {matchLabels: {app: x}}, ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [p${index}]}]}}]}]}`,
        ),
      )
    expect(refusal(matrix(clusterOf(text)))).toEqual([
      expect.stringMatching(/^selectors and blocks are compared with pods and namespaces more than \d+ times$/),
    ])
  })

  test('namespaces that nobody defines × selectors of namespaces (A-28)', () => {
    const many = 420
    expect(refusal(matrix(unknownNamespaces(many)))).toEqual([
      expect.stringMatching(/^selectors and blocks are compared/),
    ])
  })

  test('the same is known before any selector is asked (A-28)', () => {
    const many = 30
    const compiled = compile(unknownNamespaces(many), {})
    const checked: number[] = []
    const refuse = () => {
      throw new Error('something was asked')
    }
    selectorGroups(compiled, shapesOf(compiled).list, refuse, (steps) => checked.push(steps))
    expect(checked).toEqual([many * many])
  })

  test('cells of rows: all that shares the sets of ports shares the budget', () => {
    const compiled = { policies: [], cluster: clusterOf(pod('a')) }
    const sets = connectionSets([])
    cellBudget({ compiled, sets })(150_002_000)
    expect(() => {
      cellBudget({ compiled, sets })(1)
    }).toThrow('rules open, and rows have, more than 150002000 cells of the matrix')
    cellBudget({ compiled, sets: connectionSets([]) })(1)
  })

  test('joins of sets: finding a number counts besides the words', () => {
    checkJoins(16_666_666, 16, 1000)
    expect(() => {
      checkJoins(16_666_666, 17, 1000)
    }).toThrow('sets of ports are joined 16666666 times, and policies tell 1000 of them apart')
  })

  test('classes × rules that govern them', () => {
    const many = 1100
    const rules = times(many, (index) => `{from: [{podSelector: {matchLabels: {app: p${index}}}}]},`)
    const text = times(many, (index) => pod(`p${index}`)) + policy('np', `{podSelector: {}, ingress: [${rules}]}`)
    expect(refusal(matrix(clusterOf(text)))).toEqual([
      'policies open something to classes of pods more than 1000000 times',
    ])
  })
})

describe('work grows with the input and not with its square', () => {
  const tested = (many: number): number =>
    classesOf(
      compile(
        clusterOf(
          times(many, (index) => pod(`p${index}`)) +
            times(many, (index) =>
              policy(
                `np${index}`,
                `{podSelector: {matchLabels: {app: p${index}}}, ingress: [{from: [{podSelector: {matchLabels: {app: p${(index + 1) % many}}}}]}]}`,
              ),
            ),
        ),
        {},
      ),
    ).counters.tested

  test('a selector of one label is asked of the pods with that label', () => {
    expect(tested(400)).toBeLessThanOrEqual(2.1 * tested(200))
  })

  test('wide parts of a row are told from narrow ones without a search', () => {
    const looks = (many: number): number => {
      let count = 0
      const parts = Array.from({ length: many }, (_, number) => ({
        number,
        get cells() {
          count++
          return 10
        },
        open: () => undefined,
        hear: () => undefined,
      }))
      const { wide, narrow } = layering(10)(parts)
      expect([wide.length, narrow.length]).toEqual([many, 0])
      return count
    }
    expect(looks(2000)).toBe(2 * looks(1000))
  })
})

describe('a sum of degrees', () => {
  const columns = times(300, (index) => `${index} `)
    .trim()
    .split(' ')
    .map((text) => ({ number: Number(text), members: [Number(text)] }))

  test('counts destinations by namespace, and looks only at columns that differ from the source before', () => {
    const tally = tallyOf(
      columns,
      columns.map(({ number }) => number % 3),
      3,
    )
    const { of } = degreeNumbers()
    const [some, every] = [of(SURELY_SOME), of(SURELY_EVERY)]
    const degrees = new Uint16Array(300).fill(every)
    expect(tally.turn(degrees)).toEqual([])
    expect([tally.degrees(), tally.count(every), tally.countIn(every, 0), tally.countIn(some, 0)]).toEqual([
      [every],
      300,
      100,
      0,
    ])
    degrees[0] = some
    degrees[4] = UNSETTLED
    degrees[5] = CLOSED
    expect(tally.turn(degrees)).toEqual([4])
    expect(tally.degrees()).toEqual([some, every])
    expect([tally.count(every), tally.countIn(every, 0), tally.countIn(some, 0)]).toEqual([297, 99, 1])
    expect([tally.countIn(every, 1), tally.countIn(every, 2)]).toEqual([99, 99])
    // What is not settled stays apart, source after source
    expect(tally.turn(degrees)).toEqual([4])
    expect(tally.count(every)).toBe(297)
  })
})

describe('an overview takes as long as there are kinds of endpoints', () => {
  /** How many lists of destinations are heard of, and rows asked for. */
  const work = (text: string): readonly [heard: number, rows: number] => {
    const cluster = clusterOf(text)
    const all = new Set(endpointsOf(cluster, true))
    const nothing = { outsideSources: null, outsideDestinations: null, within: null }
    const selection = { ...nothing, sources: all, destinations: all, port: { kind: 'whole-set' } } as const
    let rows = 0
    let heard = 0
    const matrix = matrixOf(cluster, {})
    const counting = {
      ...matrix,
      rowOf(source: Parameters<typeof matrix.rowOf>[0]) {
        rows++
        return matrix.rowOf(source)
      },
      turns(asked: number) {
        const turns = matrix.turns(asked)
        return {
          ...turns,
          to(source: Parameters<typeof matrix.rowOf>[0]) {
            rows++
            return turns.to(source)
          },
        }
      },
    }
    const reach = reachOf(counting, [...all], selection)
    for (const { kind } of reach.kinds) reach.hear(kind, () => heard++)
    return [heard, rows]
  }

  test('pods that nothing tells apart are one', () => {
    expect(work(times(400, (index) => pod(`p${index}`)))).toEqual([1, 1])
  })

  test('pods that differ in their port names only are one as sources', () => {
    const named = (index: number) =>
      pod(`p${index}`).replace(
        'containers: []',
        `containers: [{name: c, ports: [{name: http, containerPort: ${8000 + index}}]}]`,
      )
    const text = times(100, named) + policy('np', '{podSelector: {}, ingress: [{ports: [{port: http}]}]}')
    expect(work(text)).toEqual([100, 1])
  })

  test('pods that entries of one rule name are one, however many entries there are', () => {
    const text =
      times(300, (index) => pod(`p${index}`)) +
      policy(
        'np',
        `{podSelector: {}, ingress: [{from: [${times(299, (index) => `{podSelector: {matchLabels: {app: p${index}}}},`)}]}]}`,
      )
    // The last pod may connect to nobody
    expect(work(text)).toEqual([2, 2])
  })

  test('cells that need a closer look weigh more than others', () => {
    const cluster = clusterOf(pod('a') + pod('b'))
    const all = new Set(endpointsOf(cluster, true))
    const nothing = { outsideSources: null, outsideDestinations: null, within: null }
    const selection = { ...nothing, sources: all, destinations: all, port: { kind: 'whole-set' } } as const
    const look = (left: number) => {
      const matrix = matrixOf(cluster, {})
      cellBudget(matrix)(150_004_000 - left)
      const reach = reachOf(matrix, [...all], selection)
      const [first] = reach.kinds
      // What is asked for again is paid for
      for (let time = 0; time < 2; time++) if (first !== undefined) reach.hear(first.kind, () => undefined, [0])
    }
    look(30)
    expect(() => {
      look(29)
    }).toThrow('cells of the matrix')
  })

  test('pods on networks of hosts are looked at one by one only where they share a node (A-62)', () => {
    const onHost = (index: number) =>
      pod(`p${index}`).replace('spec: {', `spec: {hostNetwork: true, nodeName: n${index}, `)
    const text = times(200, onHost) + policy('np', '{podSelector: {}}')
    // Each with itself, and with all others together
    expect(work(text)).toEqual([400, 200])
  })

  test('too many pairs with pods on networks of hosts are refused before the first is looked at', () => {
    const cluster = clusterOf(pod('a') + pod('b').replace('spec: {', 'spec: {hostNetwork: true, nodeName: n0, '))
    const all = new Set(endpointsOf(cluster, true))
    const nothing = { outsideSources: null, outsideDestinations: null, within: null }
    const selection = { ...nothing, sources: all, destinations: all, port: { kind: 'whole-set' } } as const
    const reachWith = (left: number) => {
      const matrix = matrixOf(cluster, {})
      cellBudget(matrix)(150_004_000 - left)
      const reach = reachOf(matrix, [...all], selection)
      const kind = reach.kinds.find((one) => !one.kind.podClass.pod.hostNetwork)?.kind
      if (kind === undefined) throw new Error('no pod is on a network of its own')
      return { reach, kind }
    }
    const degreesOf = (left: number) => {
      const { reach, kind } = reachWith(left)
      return reach.degreesOf(kind)
    }
    // The pod with the host, the host with both, and the row of the pod
    expect(degreesOf(301)).toHaveLength(2)
    expect(() => degreesOf(299)).toThrow('cells of the matrix')
    // So is a list of them
    let heard = 0
    const { reach, kind } = reachWith(299)
    expect(() => {
      reach.hear(kind, () => heard++)
    }).toThrow('cells of the matrix')
    expect(heard).toBe(0)
  })

  test('so are too many pairs that a mesh may carry', () => {
    const namespace =
      '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}\n'
    const cluster = clusterOf(namespace + pod('a') + pod('b') + policy('np', '{podSelector: {matchLabels: {app: a}}}'))
    const all = new Set(endpointsOf(cluster, true))
    const nothing = { outsideSources: null, outsideDestinations: null, within: null }
    const selection = { ...nothing, sources: all, destinations: all, port: { kind: 'whole-set' } } as const
    const heardWith = (left: number) => {
      const matrix = matrixOf(cluster, {}, portsOfCaveats(cluster))
      cellBudget(matrix)(150_000_000 + 2000 * 3 - left)
      const reach = reachOf(matrix, [...all], selection)
      let heard = 0
      for (const { kind } of reach.kinds) reach.hear(kind, () => heard++)
      return heard
    }
    // One kind of sources looks at two of destinations, and what is paid for once is not paid for again
    expect(heardWith(64)).toBe(1)
    expect(() => heardWith(59)).toThrow('cells of the matrix')
  })
})

describe('a check is refused before the work', () => {
  const entries = (count: number) => times(count, (index) => `{podSelector: {matchLabels: {app: q${index}}}},`)
  const portsOf = (count: number) => times(count, (index) => `{port: ${1 + 2 * index}},`)
  const two = pod('a') + pod('b')
  const ask = (text: string, from: string, to: string) => refusal(check(clusterOf(text), { from, to }))

  test('entries × ports of one rule', () => {
    const text = `${two}${policy('np', `{podSelector: {}, ingress: [{from: [${entries(3000)}], ports: [${portsOf(3000)}]}]}`)}`
    expect(ask(text, 'shop/a', 'shop/b')).toEqual([expect.stringMatching(/more than 4000000 times$/)])
    expect(ask(text, 'shop/a', 'shop/b:80')).toEqual([])
  })

  test('addresses outside × ports', () => {
    const blocks = times(3000, (index) => `{ipBlock: {cidr: 20.${index >> 8}.${index & 255}.0/24}},`)
    const text = `${two}${policy('np', `{podSelector: {}, ingress: [{from: [${blocks}], ports: [${portsOf(300)}]}]}`)}`
    expect(ask(text, 'internet', 'shop/b')).toEqual([expect.stringMatching(/more than 4000000 times$/)])
    expect(ask(text, 'internet', 'shop/b:80')).toEqual([])
  })

  test('pairs of pods × policies of their namespace', () => {
    const text =
      times(300, (index) => pod(`p${index}`)) + times(100, (index) => policy(`np${index}`, '{podSelector: {}}'))
    expect(ask(text, 'any', 'any:80')).toEqual([expect.stringMatching(/more than 4000000 times$/)])
  })

  test('rules × flows that are shown: each is told what it matched or lacked', () => {
    const rules = (count: number) => `{podSelector: {}, ingress: [${Array(count).fill('{}').join()}]}`
    expect(ask(two + policy('np', rules(10_000)), 'any', 'any:80')).toEqual([])
    expect(ask(two + policy('np', rules(60_000)), 'shop/a', 'shop/b:80')).toEqual([
      expect.stringMatching(/more than 4000000 times$/),
    ])
  })

  test('counting ends where the limit is passed', () => {
    const cluster = clusterOf(two + policy('np', '{podSelector: {}}'))
    const compiled = compile(cluster, {})
    let asked = 0
    const parties = cluster.workloads.map((workload) => ({
      kind: 'workload' as const,
      workload,
      get pods() {
        asked++
        return workload.pods
      },
      part: null,
    }))
    expect(isTooCostly(compiled, parties, parties, { kind: 'whole-set' }, Infinity, 1)).toBe(true)
    expect(asked).toBe(1)
  })
})

test('ports behind Services are found by one walk over the pods, however many Services there are', () => {
  const many = times(50, (index) => pod(`p${index}`)) + times(40, (index) => SERVICE.replaceAll('NAME', `s${index}`))
  const { workloads, ...cluster } = clusterOf(many)
  let asked = 0
  const counting = workloads.map((workload) => ({
    ...workload,
    pods: workload.pods.map((one) => ({
      ...one,
      get ports() {
        asked++
        return one.ports
      },
    })),
  }))
  expect(portsOfCaveats({ ...cluster, workloads: counting }).map(({ first }) => first)).toEqual([8080])
  expect(asked).toBe(50)
})

const SERVICE =
  '---\n{apiVersion: v1, kind: Service, metadata: {name: NAME, namespace: shop}, spec: {type: NodePort, selector: {app: NAME}, ports: [{port: 80, targetPort: 8080}, {name: b, port: 81, targetPort: web}]}}\n'
