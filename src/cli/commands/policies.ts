import { Argument, Option } from 'commander'
import { POLICIES_FORMATS } from '../../report/policies/formats.js'
import { NOTHING_READ, type CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'
import { loadInputs } from '../load-inputs.js'
import type { CommonFlags } from '../options.js'
import { rendererOf } from '../renderer.js'
import { say, settingsOf } from '../session.js'

interface PoliciesFlags extends CommonFlags {
  readonly of?: string
}

/** `policies PEER`: which policies apply to it, and what do their rules say? */
export const POLICIES: CommandDefinition<PoliciesFlags> = {
  name: 'policies',
  summary: 'which policies apply to a workload, and what do their rules say?',
  arguments: () => [new Argument('[peer]', 'a workload or several: shop/web, shop/any, shop/app=web, svc/api')],
  options: () => [
    new Option('--of <policy>', 'whom a policy selects and whom its rules name, instead: shop/db-allow-api'),
  ],
  readsInput: true,
  formats: Object.keys(POLICIES_FORMATS),
  examples: [
    'netpol-sim policies -f k8s/ shop/api',
    'netpol-sim policies -f k8s/ svc/api -n shop -o json',
    'netpol-sim policies -f k8s/ --of shop/db-allow-api',
  ],
  topics: ['peers', 'exit codes'],
  unanswered: { incomplete: false, inventory: NOTHING_READ, workloads: null, policies: null },
  async run(session, [peer], flags) {
    const cluster = loadInputs(session, flags)
    const { policies } = await import('../../report/policies/print-policies.js')
    const result = policies(cluster, { peer, of: flags.of }, { ...flags, podCidrs: flags.podCidr })
    await say(session, cluster, result.diagnostics, flags)
    return {
      code: result.workloads === null && result.policies === null ? EXIT.unanswered : EXIT.yes,
      render: rendererOf(POLICIES_FORMATS, { ...result, ...settingsOf(session, cluster) }),
    }
  },
}
