import type { Code } from '../../codes/entries.js'
import { readInputs } from './read.js'

/** Files that are read whole and are no manifests: half a GiB, as long as a text can be. */
const MOST_BYTES = 2 ** 29

/** Why a file was not read; the message is what follows its name. */
export interface UnreadFile {
  readonly code: Code
  readonly message: string
  readonly help: string | null
}

/** Reads one file as text. */
export function readOne(file: string): { readonly text: string } | UnreadFile {
  const { files, problems } = readInputs([file], { maxBytes: MOST_BYTES })
  const [only] = files
  if (only?.file === file && only.large === undefined) return { text: only.text }
  return problems.find((one) => one.code !== 'NP027') ?? { code: 'NP001', message: 'is not a file', help: null }
}
