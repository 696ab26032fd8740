/** An `error` keeps the run from answering; a `warning` may hide a mistake; an `info` only tells. */
export type Severity = 'error' | 'warning' | 'info'

/** Something to read in or to type, and what it is about. */
export interface Example {
  /** The manifests, as they stand in a file; the command calls that file `shop.yaml`, and a copy of it `backup.yaml`. */
  readonly manifests: string
  /** A file beside it with the same content, where the code is about its name. */
  readonly file?: string
  /** A link beside it to a folder that lies elsewhere, where the code is about such links. */
  readonly link?: string
  /** An assertion file beside it, which the command calls `tests.yaml`. */
  readonly tests?: string
  /** The words of the command line, where the code is about those. */
  readonly command?: string
}

/** Everything about a code. Prose has the user's words in backticks. */
export interface Entry {
  /** What it is about, in a line. */
  readonly title: string
  /** How severe it mostly is; options and the object that it is about can change that. */
  readonly severity: Severity
  /** Whether the API server refuses an object for it. */
  readonly isRefused?: true
  /** What to do, where a message has no better advice of its own. */
  readonly help?: string
  /** What it means, and what a cluster would do. */
  readonly meaning: string
  /** What to do about it. */
  readonly fix: string
  /** Minimal input that triggers exactly this code: a test tries it. */
  readonly wrong: Example
  /** The same as it was probably meant, which gives no code at all; null where nothing can be put in its place. */
  readonly right: Example | null
}
