import { Buffer } from 'node:buffer'
import { parseFolder } from './parser-alone.js'
import { randomFrom } from './random.js'

const seconds = () => Number(process.hrtime.bigint()) / 1e9
const megabytes = (bytes) => bytes / 1e6

/** All that is on the heap and beside it. */
function memory() {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The same without garbage. */
function settled() {
  globalThis.gc()
  return memory()
}

/** Loads an input and says how many seconds that took. */
function load({ loadCluster }, folder) {
  const start = seconds()
  const cluster = loadCluster(folder)
  const took = seconds() - start
  if (!cluster.answerable) throw new Error(`${folder}: ${JSON.stringify(cluster.diagnostics.slice(0, 3))}`)
  return { cluster, load: took }
}

/** What the bench asks from within; each is a process of its own. */
export const TASKS = {
  /** Only loading: the objects that came of it, and the memory that they hold. */
  load(inside, { folder }) {
    const before = settled()
    const { cluster, load: took } = load(inside, folder)
    const { policies, workloads, namespaces, nodes } = cluster
    const held = megabytes(settled() - before)
    const pods = workloads.reduce((sum, workload) => sum + workload.pods.length, 0)
    return { load: took, objects: policies.length + namespaces.size + nodes.size + pods, held, peak: peak() }
  },

  /** Only parsing. */
  parserAlone(_, { folder, parser }) {
    const start = seconds()
    parseFolder(folder, parser)
    return { load: seconds() - start }
  },

  /**
   * The answers of all pairs of classes. Rows come in a shuffled order until the time is up; the rest is in proportion.
   * Memory is counted above that of the loaded input, garbage included.
   */
  rows(inside, { folder, budget }) {
    const { cluster, load: took } = load(inside, folder)
    const before = settled()
    const start = seconds()
    const matrix = inside.matrixOf(cluster, {})
    const compiled = seconds() - start
    const { classes } = matrix.classes
    const { none, all } = matrix.sets
    const order = shuffled(classes)
    let highest = memory()
    let open = 0
    let unsure = 0
    let rows = 0
    const begin = seconds()
    while (rows < order.length && seconds() - begin < budget) {
      const row = matrix.rowOf(order[rows++])
      const certain = row.settled()
      for (let number = 0; number < classes.length; number++) {
        if (row.possible[number] === none) continue
        open++
        if (certain[number] === -1 && row.to(classes[number], null, all).certainty !== 'certain') unsure++
      }
      if (rows % 16 === 0) highest = Math.max(highest, memory())
    }
    const share = rows / classes.length
    const { kept, asked, computed, opened } = matrix.sets.counters
    return {
      load: took,
      compiled,
      rows: (seconds() - begin) / share,
      share,
      classes: classes.length,
      endpoints: inside.endpointsOf(cluster, false).length,
      policies: cluster.policies.length,
      open: open / share,
      unsure: unsure / share,
      kept,
      asked: asked / share,
      computed: computed / share,
      opened: opened / share,
      tested: matrix.classes.counters.tested,
      above: megabytes(highest - before),
      peak: peak(),
    }
  },

  /** The naive double loop over pods, by a sample of pairs: each answered by the one-pair evaluator. */
  naive(inside, { folder, sample }) {
    const { cluster } = load(inside, folder)
    const endpoints = inside.endpointsOf(cluster, true)
    const pods = endpoints.flatMap(({ party }) =>
      party.pods.flatMap((pod) => Array(pod.count ?? 1).fill({ party, pod })),
    )
    const compiled = inside.compile(cluster, {})
    const random = randomFrom(5)
    const side = (party) => ({ parties: [party], wildcard: true, family: null, addressOf: null })
    const pairs = Array.from({ length: sample }, () => [random.pick(pods), random.pick(pods)])
    const each = (answer) => {
      for (const [from, to] of pairs.slice(0, sample / 4)) answer(from, to)
      const start = seconds()
      for (const [from, to] of pairs) answer(from, to)
      return (seconds() - start) / sample
    }
    return {
      pods: pods.length,
      allPorts: each((from, to) => {
        const paired = inside.pairUp(compiled, side(from.party), side(to.party))
        for (const pair of paired.ok ? paired.value : []) inside.answerPair(compiled, pair, { kind: 'whole-set' })
      }),
      onePort: each((from, to) => {
        const [family = null] = from.pod.addresses.map((address) => address.family)
        const source = { kind: 'pod', pod: from.pod, replica: 0 }
        const destination = { kind: 'pod', pod: to.pod, replica: 1 }
        inside.evaluate(compiled, { source, destination, protocol: 'TCP', port: 8080, family })
      }),
    }
  },

  /** Two sides of which one file differs, read from one folder: in what is allowed into some pods, in a port that nobody serves, or in a comment. */
  diff(inside, { folder, change }) {
    const EDITS = {
      rules: (text) => text.replace(/(\n {2}ingress:)\n {4}- from:[^]*?(?=\n {2}egress:)/, '$1 []'),
      port: (text) => text.replace(/(kind: NetworkPolicy[^]*?port: )\d+/, '$19999'),
      comment: (text) => `# nothing\n${text}`,
    }
    const edit = EDITS[change]
    let isDone = false
    const changed = {
      ...inside.DISK,
      open(path) {
        const file = inside.DISK.open(path)
        return {
          ...file,
          whole(most) {
            const text = Buffer.from(file.whole(most)).toString()
            const after = isDone ? text : edit(text)
            isDone ||= after !== text
            return Buffer.from(after)
          },
        }
      },
    }
    const begin = seconds()
    const { base, head } = inside.loadSides(
      { paths: [folder], options: {} },
      { paths: [folder], options: { fileSystem: changed } },
    )
    const loaded = seconds() - begin
    const [before, after] = [base, head].map((cluster) => ({ cluster, options: {} }))
    const compiling = seconds()
    inside.matrixOf(base, {})
    const compiled = seconds() - compiling
    const comparing = seconds()
    const answer = inside.diffAnswer(before, after, { namespace: 'default', includeNew: false })
    const compared = seconds() - comparing
    if (!answer.ok) throw new Error(answer.error.message)
    const attributing = seconds()
    for (const one of answer.value.changes.slice(0, 10_000)) answer.value.because.ofChange(one)
    const attributed = seconds() - attributing
    const counting = seconds()
    const unchanged = answer.value.unchanged()
    const counted = seconds() - counting
    return { loaded, compiled, compared, attributed, counted, unchanged, changes: answer.value.changes.length }
  },

  /** One `check` after loading: of one pair, and of everybody to one destination. */
  check(inside, { folder, from, to }) {
    const { cluster, load: took } = load(inside, folder)
    const start = seconds()
    const answer = inside.checkFlows(cluster, { from, to, port: 8080, namespace: 'default' }, {})
    const ended = seconds() - start
    if (!answer.ok) throw new Error(answer.error.message)
    return { load: took, check: ended, flows: answer.value.flows.length }
  },
}

function shuffled(list) {
  const random = randomFrom(3)
  const order = [...list]
  for (let index = order.length - 1; index > 0; index--) {
    const other = random.below(index + 1)
    ;[order[index], order[other]] = [order[other], order[index]]
  }
  return order
}

/** The most memory that the process had at any time, in MB. */
function peak() {
  return (process.resourceUsage().maxRSS * 1024) / 1e6
}
