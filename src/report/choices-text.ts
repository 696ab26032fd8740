import type { Choice, Choices } from '../model/choice.js'
import { flagsOf, holds, withBuild } from '../model/choice-words.js'
import { shellWord } from '../model/shell-word.js'

/** With these the menu, its heading and the count of messages fit in ten lines. */
const MOST_CHOICES = 6

/**
 * What can be read instead, as one command each with what it holds; `words` is the command line without its inputs. A
 * command is never broken at the width of the terminal, since it is there to be copied.
 */
export function choicesText(
  { choices, policies }: Choices,
  words: readonly string[],
  verbose: boolean,
): readonly string[] {
  const shown = verbose ? choices : choices.slice(0, MOST_CHOICES)
  const commands = shown.map((choice) => commandFor(choice, words))
  const width = Math.max(...commands.map(({ length }) => length))
  const lines = shown.map((choice, index) => `  ${(commands[index] ?? '').padEnd(width)}  ${holds(choice, policies)}`)
  return shown.length === choices.length ? lines : [...lines, `  ${choices.length - shown.length} more with -v`]
}

/** The command that asks the same of a part of the input. */
export function commandFor(choice: Choice, words: readonly string[]): string {
  return withBuild(choice, ['netpol-sim', ...words, ...flagsOf(choice)].map(shellWord).join(' '))
}
