import { Argument } from 'commander'
import type { CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'

/** `completion SHELL`: a script that completes commands, flags, and peers from the input. */
export const COMPLETION: CommandDefinition = {
  name: 'completion',
  summary: 'shell completion; peers are completed from the input',
  arguments: () => [
    new Argument('<shell>', 'bash: source <(netpol-sim completion bash)').choices(['bash', 'zsh', 'fish']),
  ],
  options: () => [],
  readsInput: false,
  formats: ['text'],
  examples: ['source <(netpol-sim completion bash)'],
  topics: [],
  unanswered: null,
  async run(_, [shell = '']) {
    const { SCRIPTS } = await import('../completion-scripts.js')
    return { code: EXIT.yes, render: () => Promise.resolve([SCRIPTS[shell] ?? '']) }
  },
}
