import { inside, median } from '../processes.js'
import { exponent, table } from '../table.js'

/** What loading costs against js-yaml and JSON.parse alone on the same bytes, and how it grows. */
export function benchLoad({ quick, bundle, input, print }) {
  const sizes = quick ? [1000, 2000] : [100, 200, 1000, 2000, 10_000, 20_000]
  const rows = []
  for (const style of ['written', 'live']) {
    for (const [index, pods] of sizes.entries()) {
      const { folder, bytes } = input('shop', pods, style)
      const rounds = pods > 5000 ? 1 : 5
      const times = { ours: [], yaml: [], json: [] }
      for (let round = 0; round < rounds; round++) {
        times.ours.push(inside(bundle, 'load', { folder }))
        times.yaml.push(inside(bundle, 'parserAlone', { folder, parser: 'yaml' }))
        if (style === 'live') times.json.push(inside(bundle, 'parserAlone', { folder, parser: 'json' }))
      }
      const [first] = times.ours
      const [took, yaml, json] = Object.values(times).map((runs) => median(runs.map(({ load }) => load)))
      const before = index % 2 === 1 ? rows.at(-1) : undefined
      rows.push({
        style,
        pods,
        'bytes of input': bytes,
        objects: first.objects,
        exponent: before === undefined ? null : exponent(before.objects, first.objects),
        '÷ js-yaml alone': took / yaml,
        '÷ JSON.parse alone': json === undefined ? null : took / json,
        'held MB': first.held,
        'exponent of that': before === undefined ? null : exponent(before['held MB'], first.held),
        'peak MB': first.peak,
      })
    }
  }
  print(table('load: a web shop again and again, against the parsers alone on the same bytes', rows))
}
