import { COMMAND, inside, medians, parsersAlone } from '../processes.js'
import { table } from '../table.js'

/** What one `check` costs in a large cluster: beside loading it, and as a whole process. */
export function benchCheck({ quick, bundle, input, print }) {
  const rows = []
  for (const style of ['written', 'live']) {
    for (const pods of quick ? [1000] : [1000, 10_000]) {
      const { folder } = input('shop', pods, style)
      const ask = (from) => inside(bundle, 'check', { folder, from, to: 'shop-1/cart' })
      const [one, all] = [ask('shop-1/frontend'), ask('any')]
      const question = ['check', '-f', folder, 'shop-1/frontend', 'shop-1/cart:8080']
      const commands = { check: [COMMAND, ...question], ...parsersAlone(style, folder) }
      const times = medians(commands, quick || pods > 1000 ? 3 : 7)
      rows.push({
        style,
        pods,
        'one pair ÷ loading': one.check / one.load,
        'from `any`: flows': all.flows,
        'from `any` ÷ loading': all.check / all.load,
        'process ÷ js-yaml': times.check / times.yaml,
        'process ÷ JSON.parse': times.json === undefined ? null : times.check / times.json,
      })
    }
  }
  print(
    table('check: frontend to cart in a web shop again and again; processes against node with the parser alone', rows),
  )
}
