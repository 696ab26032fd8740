import type { Io, Stream } from './io.js'

/** The io of a command whose answer goes to a file, which is written when all of the answer is there. */
export interface FileOutput {
  readonly io: Io
  /** False where it could not be written; then stderr says why. */
  readonly close: () => Promise<boolean>
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
