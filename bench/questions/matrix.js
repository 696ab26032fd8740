import { COMMAND, inside, medians, parsersAlone } from '../processes.js'
import { exponent, part, table } from '../table.js'

const SHAPES = [
  'shop',
  'tenants',
  'blocks',
  'adversarial',
  'many-ports',
  'policy-per-pod',
  'uniform',
  'admin',
  'admin-ties',
]

/** What all pairs cost: counters and their growth, whole processes, and against a loop over pairs of pods. */
export function benchMatrix(bench) {
  growth(bench)
  wholeProcess(bench)
  againstNaive(bench)
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
      // What sets and joins the rows that are left would need is not known
      const whole = small.share + great.share === 2
      const counted = (key) => (whole ? great[key] : null)
      const grows = (key) => (whole ? exponent(small[key], great[key]) : null)
      return [
        {
          shape,
          style,
          pods: twice,
          endpoints: great.endpoints,
          classes: great.classes,
          'exponent ': exponent(small.classes, great.classes),
          'sets kept': counted('kept'),
          'exponent  ': grows('kept'),
          'joins asked': counted('asked'),
          'exponent   ': grows('asked'),
          'joins computed': counted('computed'),
          'exponent    ': grows('computed'),
          'selectors tested': great.tested,
          'exponent     ': exponent(small.tested, great.tested),
          'cells opened': counted('opened'),
          'exponent      ': grows('opened'),
          'rows done': part(great.share),
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
