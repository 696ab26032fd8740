import type { Stream } from './io.js'
import type { Destination } from './destination.js'
import { UsageError } from './usage-error.js'

/** Somewhere that an answer is written to. */
export interface Sink {
  readonly stream: Stream
  /** Returns why it could not be written, or null. */
  readonly close: () => string | null
  /** Called instead of `close` where there is no answer after all. */
  readonly abandon: () => void
}

/** Refuses to write over what the same run reads: the answer would be all that is left of it. */
export async function refuseToReplace(
  { file, format }: Destination,
  inputs: readonly string[],
  exclude: readonly string[],
  outputFile: string | undefined,
): Promise<void> {
  if (file === null) return
  const flag = file === outputFile ? '--output-file' : `-o ${format}=FILE`
  const { replacesInput } = await import('./output-file.js')
  try {
    if (!replacesInput(file, inputs, exclude)) return
  } catch (error) {
    throw new UsageError(`\`${flag}\` ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw new UsageError(`\`${flag}\` would overwrite \`${file}\`, which is read`, {
    code: 'NP030',
    help: 'give another file; a file in a folder that is read can be left out with `--exclude`',
  })
}

/** The sink of a destination. A file takes the place of stdout; to whoever renders it looks like a pipe. */
export async function sinkOf({ file }: Destination, stdout: Stream): Promise<Sink> {
  if (file === null) return { stream: stdout, close: () => null, abandon: () => undefined }
  const { outputFile } = await import('./output-file.js')
  const { write, close, abandon } = outputFile(file)
  return { stream: { isTerminal: false, columns: null, write }, close, abandon }
}
