import { relative } from 'node:path'
import type { Command } from 'commander'
import { loadCluster } from '../../load/load.js'
import { checkText } from '../../report/check-text.js'
import { check } from '../../report/check.js'
import { escapeAll } from '../../report/escape.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import type { Session } from '../session.js'

/** One flow that is allowed and one that is denied. */
const QUESTIONS = [
  ['shop/checkout', 'shop/orders-db:5432'],
  ['shop/storefront', 'shop/orders-db:5432'],
] as const

/** `demo`: the main job on a cluster that ships with the package. */
export function addDemo(
  program: Command,
  run: (action: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  program
    .command('demo')
    .description('try check on a cluster that ships with the package')
    .action(() => run(runDemo))
}

async function runDemo({ io, style: styleOf }: Session): Promise<ExitCode> {
  const folder = `${io.packageRoot}fixtures/clusters/demo`
  const shown = relative(io.cwd, folder) || '.'
  const style = await styleOf('stdout')
  const cluster = loadCluster([folder])
  const answers = QUESTIONS.map(([from, to]) => {
    const text = checkText(escapeAll(check(cluster, { from, to })), style, 'normal')
    return `${style.paint('quiet', '$')} netpol-sim check -f ${shown} ${from} ${to}\n${text.replaceAll(folder, shown)}`
  })
  io.stdout.write(
    `${answers.join('\n')}\nLook into ${shown} for the manifests, and ask your own: netpol-sim check --help\n`,
  )
  return cluster.answerable ? EXIT.yes : EXIT.unanswered
}
