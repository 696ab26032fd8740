import { Argument, type Command, type Option } from 'commander'
import { loadCluster } from '../../load/load.js'
import type { Cluster } from '../../model/cluster.js'
import { escapeTerminal } from '../../report/escape.js'
import type { CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'

/** The hidden command that completes a word. */
export const COMPLETE_WORD = 'complete-word'

/** Words that stand for many peers. */
const WORDS = ['any', 'internet', 'external']

/** Flags whose values are peers. */
const PEER_FLAGS = ['--from', '--to']

/** `complete-word -- WORD…`: what the last word may become, a line each; for the scripts of `completion`. */
export function completeWord(program: Command): CommandDefinition {
  return {
    name: COMPLETE_WORD,
    summary: '',
    isHidden: true,
    arguments: () => [new Argument('[words...]')],
    options: () => [],
    readsInput: false,
    formats: ['text'],
    examples: [],
    topics: [],
    unanswered: null,
    run: (_, words) => {
      const typed = words.at(-1) ?? ''
      const found = candidates(program, words.slice(0, -1), typed).filter((word) => word.startsWith(typed))
      // What cannot be shown as it is would not mean the same when it is read back.
      const shown = found.filter((word) => escapeTerminal(word) === word)
      return Promise.resolve({ code: EXIT.yes, render: () => Promise.resolve(shown.map((word) => `${word}\n`)) })
    },
  }
}

function candidates(program: Command, before: readonly string[], typed: string): readonly string[] {
  const command = program.commands.find((one) => one.name() === before[0])
  if (command === undefined)
    return before.length === 0
      ? program
          .createHelp()
          .visibleCommands(program)
          .map((one) => one.name())
      : []
  const flag = optionOf(command, before.at(-1))
  if (flag !== undefined && flag.long !== undefined && PEER_FLAGS.includes(flag.long))
    return peersIn(before.slice(1), typed)
  // A value that has no choices is a path or a word of the user's own: the shell completes those.
  if (flag !== undefined && (flag.required || flag.optional)) return flag.argChoices ?? []
  if (typed.startsWith('-'))
    return command
      .createHelp()
      .visibleOptions(command)
      .flatMap(({ long }) => long ?? [])
  return command.name() === 'check' ? peersIn(before.slice(1), typed) : []
}

function optionOf(command: Command, word: string | undefined): Option | undefined {
  return command.options.find(({ long, short }) => word !== undefined && (word === long || word === short))
}

/** The peers of the input that the words before name; the ports of one whose name is complete. */
function peersIn(before: readonly string[], typed: string): readonly string[] {
  const { filename, namespace } = flagsIn(before)
  const cluster = loadCluster(filename.length === 0 ? ['.'] : filename, { namespace, keepGoing: true })
  const colon = typed.indexOf(':')
  if (colon !== -1) return portsOf(cluster, typed.slice(0, colon), namespace)
  const short = cluster.workloads.map((workload) => `${workload.namespace}/${workload.name}`)
  const own = cluster.workloads.filter((workload) => workload.namespace === namespace).map(({ name }) => name)
  const whole = cluster.workloads.map((workload) => `${workload.namespace}/any`)
  return [...new Set([...short, ...own, ...whole, ...WORDS])].sort()
}

function portsOf({ workloads }: Cluster, peer: string, namespace: string): readonly string[] {
  const ports = workloads
    .filter(
      (workload) =>
        [`${workload.namespace}/${workload.name}`, workload.id].includes(peer) ||
        (workload.namespace === namespace && workload.name === peer),
    )
    .flatMap(({ pods }) => pods.flatMap((pod) => pod.ports))
  const words = ports.flatMap(({ name, port, protocol }) => [
    ...(name === null ? [] : [name]),
    protocol === 'TCP' ? `${port}` : `${port}/${protocol}`,
  ])
  return [...new Set(words)].map((word) => `${peer}:${word}`)
}

/** What is read, as far as it has been typed; standard input is not there to be read. */
function flagsIn(words: readonly string[]): { readonly filename: readonly string[]; readonly namespace: string } {
  const valuesOf = (...names: readonly string[]) =>
    words.flatMap((word, at) => {
      const joined = names.find((name) => name.startsWith('--') && word.startsWith(`${name}=`))
      if (joined !== undefined) return [word.slice(joined.length + 1)]
      return names.includes(word) && words[at + 1] !== undefined ? [words[at + 1] ?? ''] : []
    })
  return {
    filename: valuesOf('-f', '--filename').filter((path) => path !== '-'),
    namespace: valuesOf('-n', '--namespace').at(-1) ?? 'default',
  }
}
