import type { Io, Stream } from './io.js'
import { UsageError } from './usage-error.js'

/** The io of a command whose answer goes to a file, which is written when all of the answer is there. */
export interface FileOutput {
  readonly io: Io
  /** False where it could not be written; then stderr says why. */
  readonly close: () => Promise<boolean>
}

/** Refuses to write over what the same run reads: the answer would be all that is left of it. */
export async function refuseToReplace(
  file: string,
  inputs: readonly string[],
  exclude: readonly string[],
): Promise<void> {
  const { replacesInput } = await import('./output-file.js')
  try {
    if (!replacesInput(file, inputs, exclude)) return
  } catch (error) {
    throw new UsageError(`\`--output-file\` ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw new UsageError(`\`--output-file\` would overwrite \`${file}\`, which is read`, {
    code: 'NP030',
    help: 'give another file; a file in a folder that is read can be left out with `--exclude`',
  })
}

/** Puts a file in the place of stdout; to everybody it looks like a pipe. */
export function toFile(io: Io, path: string): FileOutput {
  let text = ''
  const stdout: Stream = { isTerminal: false, columns: null, write: (more) => (text += more) }
  return {
    io: { ...io, stdout },
    close: async () => {
      // What could not be answered has no text; whatever was there before stays.
      if (text === '') return true
      const { writeOutputFile } = await import('./output-file.js')
      const problem = writeOutputFile(path, text)
      if (problem !== null) io.stderr.write(`error: the output could not be written: ${problem}\n`)
      return problem === null
    },
  }
}
