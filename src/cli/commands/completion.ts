import { Argument, type Command } from 'commander'
import type { Shell } from '../completion-scripts.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import type { Session } from '../session.js'

/** `completion SHELL`: a script that completes commands, flags, and peers from the input. */
export function addCompletion(
  program: Command,
  run: (action: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  program
    .command('completion')
    .description('shell completion; peers are completed from the input')
    .addArgument(new Argument('<shell>', 'bash: source <(netpol-sim completion bash)').choices(['bash', 'zsh', 'fish']))
    .action((shell: Shell) =>
      run(async ({ io }) => {
        const { SCRIPTS } = await import('../completion-scripts.js')
        io.stdout.write(SCRIPTS[shell])
        return EXIT.yes
      }),
    )
}
