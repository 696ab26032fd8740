import { Argument, Option } from 'commander'
import { FAIL_ON, type FailOn } from '../../report/diff/fail-on.js'
import { DIFF_FORMATS } from '../../report/diff/formats.js'
import type { CommandDefinition } from '../command.js'
import type { DiffFlags } from '../diff-flags.js'
import { limitOption } from '../options.js'
import { UsageError } from '../usage-error.js'

/** Nobody reads more, and a namespace that is opened has as many. */
const MOST_CHANGES = 10_000

/** `diff BASE [HEAD]`: what does a change of policies open and close? */
export const DIFF: CommandDefinition<DiffFlags> = {
  name: 'diff',
  summary: 'what does a change of policies open and close?',
  arguments: () => [
    new Argument(
      '[base]',
      'what is compared with: a path, - for standard input, a ref, REF:PATH, or A... for where HEAD left A',
    ),
    new Argument('[head]', 'the other side; default: the working tree'),
  ],
  options: () => [
    new Option('--from <peer>', 'only changes from here'),
    new Option('--to <peer>', 'only changes to here'),
    new Option('--port <port>', 'only these ports: 8080, 53/UDP, http, 8000-8100/TCP'),
    new Option('--include-new', 'connections of workloads that one side only has count as changes'),
    new Option(
      '--fail-on <list>',
      `exit with 1 if one of these is found: ${FAIL_ON.join(', ')}; default: none`,
    ).argParser(parseFailOn),
    new Option('--link <url>', 'in Markdown, places of the head are links to URL/k8s/api.yaml#L12').argParser(
      parseLink,
    ),
    limitOption('changes', MOST_CHANGES),
  ],
  readsInput: true,
  hasOwnSettings: true,
  formats: Object.keys(DIFF_FORMATS),
  examples: [
    'netpol-sim diff origin/main...',
    'netpol-sim diff main:k8s/ k8s/',
    'netpol-sim diff base.yaml head.yaml -o json',
    'netpol-sim diff origin/main... --to shop/db --include-new --fail-on widened',
  ],
  topics: ['peers', 'exit codes'],
  unanswered: {
    incomplete: false,
    base: null,
    head: null,
    summary: { opened: 0, closed: 0, changed: 0, possiblyOpened: 0, unchanged: 0 },
    workloadsAdded: [],
    workloadsRemoved: [],
    workloadsRenamed: [],
    settingsChanged: [],
    changes: null,
    possiblyOpened: [],
    isolation: [],
    dns: [],
    servicesChanged: [],
    policiesWithoutEffect: [],
    failing: [],
    notes: [],
  },
  async run(session, words, flags) {
    const { runDiff } = await import('../diff-run.js')
    const answer = await runDiff(session, words, flags)
    if ('refusal' in answer) throw new UsageError(answer.refusal, answer.detail)
    return answer
  },
}

function parseLink(text: string): string {
  if (/^https?:\/\/[^\s()<>[\]`|]+$/.test(text)) return text
  throw new UsageError(`\`--link ${text}\` is not the address of a web page`, {
    help: 'write https://example.com/team/repo/blob/main',
  })
}

function parseFailOn(text: string): readonly FailOn[] {
  const words = text.split(',').map((word) => word.trim())
  if (text === 'none') return []
  return words.map((word) => {
    const found = FAIL_ON.find((name) => name === word)
    if (found === undefined)
      throw new UsageError(`\`--fail-on ${text}\`: \`${word}\` is not known`, {
        help: `write ${FAIL_ON.join(', ')}, or none`,
      })
    return found
  })
}
