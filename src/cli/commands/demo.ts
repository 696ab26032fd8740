import { relative } from 'node:path'
import { loadCluster } from '../../load/load.js'
import { check } from '../../report/check.js'
import { escapeAll } from '../../report/escape.js'
import type { CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'

/** One flow that is allowed and one that is denied. */
const QUESTIONS = [
  ['shop/checkout', 'shop/orders-db:5432'],
  ['shop/storefront', 'shop/orders-db:5432'],
] as const

/** `demo`: the main job on a cluster that ships with the package. */
export const DEMO: CommandDefinition = {
  name: 'demo',
  summary: 'try check on a cluster that ships with the package',
  arguments: () => [],
  options: () => [],
  readsInput: false,
  formats: ['text'],
  examples: [],
  topics: [],
  unanswered: null,
  run({ io }) {
    const folder = `${io.packageRoot}fixtures/clusters/demo`
    const shown = relative(io.cwd, folder) || '.'
    const cluster = loadCluster([folder])
    return Promise.resolve({
      code: cluster.answerable ? EXIT.yes : EXIT.unanswered,
      render: async (_, page) => {
        const { checkText } = await import('../../report/check-text.js')
        const style = await page.style()
        const answers = QUESTIONS.map(([from, to]) => {
          const text = checkText(escapeAll(check(cluster, { from, to })), style, 'normal')
          return `${style.paint('quiet', '$')} netpol-sim check -f ${shown} ${from} ${to}\n${text.replaceAll(folder, shown)}\n`
        })
        return [...answers, `Look into ${shown} for the manifests, and ask your own: netpol-sim check --help\n`]
      },
    })
  },
}
