import type { Formats } from '../report/formats.js'
import type { Answer } from './command.js'

/** Renders a result in the formats that a command has. */
export function rendererOf<Result>(formats: Formats<Result>, result: Result): Answer['render'] {
  return async (name, page) => (await formats[name]?.(result, page)) ?? []
}
