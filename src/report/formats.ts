import type { Style } from './style.js'

/** How much is said: only the answer, the answer with reasons, or everything that was considered. */
export type Detail = 'quiet' | 'normal' | 'verbose'

/** What an answer is rendered for. */
export interface Page {
  /** On a terminal a picture may have glyphs that not every pipe can take. */
  readonly isTerminal: boolean
  readonly detail: Detail
  /** How to draw; loading what draws ruled tables takes time, so whoever draws one says so. */
  readonly style: (needsTable?: boolean) => Promise<Style>
  /** The path of a file from the root of the repository, with slashes; null for one that lies outside. */
  readonly inRepository: (file: string) => string | null
}

/** A format: a pure function of a result. It gives nothing where there is no answer that it has words for. */
export type Format<Result> = (result: Result, page: Page) => Iterable<string> | Promise<Iterable<string>>

/** Gives the formats of a part that is loaded only if one of them is used. */
export function lazyFormats<Result, Name extends string>(
  load: () => Promise<Readonly<Record<Name, Format<Result>>>>,
): (name: Name) => Format<Result> {
  return (name) => async (result, page) => (await load())[name](result, page)
}

/** The formats of a command by their names, the default first. */
export type Formats<Result> = Readonly<Record<string, Format<Result>>>
