import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { COMMAND, inside, medians, parsersAlone, taken } from '../processes.js'
import { exponent, table } from '../table.js'

const SHAPES = ['shop', 'tenants', 'blocks', 'adversarial', 'many-ports', 'policy-per-pod', 'uniform']

/** What all pairs cost: counters and their growth, whole processes, against the naive loop, large clusters, long lists. */
export function benchMatrix(bench) {
  growth(bench)
  wholeProcess(bench)
  againstNaive(bench)
  large(bench)
  longList(bench)
}

/** Counters without noise, at one size and at twice that. */
function growth({ quick, bundle, input, print }) {
  const [once, twice] = quick ? [200, 400] : [1000, 2000]
  const budget = quick ? 2 : 10
  const rows = SHAPES.flatMap((shape) =>
    ['written', 'live'].flatMap((style) => {
      const [small, great] = [once, twice].map((pods) =>
        inside(bundle, 'rows', { folder: input(shape, pods, style).folder, budget }),
      )
      const grows = (key) => exponent(small[key], great[key])
      return [
        {
          shape,
          style,
          pods: twice,
          endpoints: great.endpoints,
          classes: great.classes,
          'exponent ': grows('classes'),
          'sets kept': great.kept,
          'exponent  ': grows('kept'),
          'joins asked': Math.round(great.asked),
          'exponent   ': grows('asked'),
          'joins computed': Math.round(great.computed),
          'exponent    ': grows('computed'),
          'rows done': done(great),
        },
      ]
    }),
  )
  print(table(`matrix: counters at ${twice} pods, and how they grow from ${once}`, rows))
}

/** All pairs of 1,000 pods and 180 policies as a process, against bare node and the parser on the same bytes. */
function wholeProcess({ quick, input, print }) {
  const rows = ['written', 'live'].map((style) => {
    const { folder, pods, policies } = input('shop', 1000, style)
    const commands = {
      matrix: [COMMAND, 'matrix', '-f', folder, '-o', 'list'],
      pods: [COMMAND, 'matrix', '-f', folder, '-o', 'list', '--pods'],
      ...parsersAlone(style, folder),
    }
    const times = medians(commands, quick ? 3 : 11)
    return {
      style,
      pods,
      policies,
      'ms of js-yaml': times.yaml,
      '÷ js-yaml': times.matrix / times.yaml,
      '÷ JSON.parse': times.json === undefined ? null : times.matrix / times.json,
      '--pods ÷ js-yaml': times.pods / times.yaml,
    }
  })
  print(table('matrix: whole processes against node with the parser alone on the same bytes', rows))
}

/** All pairs of 1,000 pods by classes, against the evaluator of one pair in a loop over pods; of the loop a sample is run. */
function againstNaive({ quick, bundle, input, print }) {
  const rows = ['written', 'live'].map((style) => {
    const { folder } = input('shop', 1000, style)
    const naive = inside(bundle, 'naive', { folder, sample: quick ? 1000 : 10_000 })
    const { compiled, rows: rowsTook, classes } = inside(bundle, 'rows', { folder, budget: 60 })
    const ours = compiled + rowsTook
    const pairs = naive.pods ** 2
    return {
      style,
      pods: naive.pods,
      classes,
      'seconds by classes': ours,
      'naive, all ports: extrapolated seconds': naive.allPorts * pairs,
      'times faster': (naive.allPorts * pairs) / ours,
      'naive, one port: extrapolated seconds': naive.onePort * pairs,
      'times faster ': (naive.onePort * pairs) / ours,
    }
  })
  print(table('matrix: all pairs of pods, by classes and one by one', rows))
}

/** Large clusters, adversarial ones and those in which every pod is a class, after loading. */
function large({ quick, bundle, input, drop, print }) {
  const sizes = quick
    ? [
        ['tenants', 10_000],
        ['adversarial', 1000],
        ['many-ports', 300],
        ['policy-per-pod', 1000],
      ]
    : [
        ['tenants', 100_000],
        ['uniform', 100_000],
        ['blocks', 100_000],
        ['adversarial', 10_000],
        ['many-ports', 1000],
        ['policy-per-pod', 12_000],
      ]
  const rows = sizes.flatMap(([shape, pods]) =>
    ['written', 'live'].map((style) => {
      const made = input(shape, pods, style)
      const found = inside(bundle, 'rows', { folder: made.folder, budget: quick ? 5 : 30 })
      drop(made)
      return {
        shape,
        style,
        pods: made.pods,
        policies: made.policies,
        'input MB': made.bytes / 1e6,
        'loading s': found.load,
        classes: found.classes,
        'compiling s': found.compiled,
        'all rows s': found.rows,
        'rows done': done(found),
        'MB above the input': found.above,
        'peak MB': found.peak,
      }
    }),
  )
  print(table('matrix: all rows after loading; where not all are done, the rest is in proportion', rows))
}

/** The memory of a list that is as long as there are pairs, against that of a short one from the same input. */
function longList({ quick, input, folder, print }) {
  const pods = quick ? 500 : 1420
  const made = input('open', pods, 'written')
  const rows = [[], ['--from', 'open-0/pod-0', '--to', 'open-1/any']].map((narrowed) => {
    const output = join(folder, 'list')
    const { peak } = taken([COMMAND, 'matrix', '-f', made.folder, '-o', 'list', '-q', ...narrowed], { output })
    const bytes = readFileSync(output)
    rmSync(output)
    const lines = bytes.reduce((sum, byte) => sum + Number(byte === 10), 0)
    return {
      list: narrowed.length === 0 ? 'all pairs' : 'one source',
      lines,
      'MB of it': bytes.length / 1e6,
      'peak MB': peak,
    }
  })
  print(table('matrix: lists of one input, long and short', rows))
}

function done({ share }) {
  return share === 1 ? 'all' : `${(share * 100).toFixed(0)} %`
}
