/** The world as a command sees it: everything that is not computing goes through here. */
export interface Io {
  readonly stdout: Stream
  readonly stderr: Stream
  /** All of standard input, or so much of it that it is more than `most` bytes. */
  readonly readStdin: (most: number) => Uint8Array
  /** Whether something is piped in, as far as can be told without reading it. */
  readonly isPipedIn: () => boolean
  readonly cwd: string
  /** A clock in milliseconds that only goes forward. */
  readonly now: () => number
  /** Where the package is installed, with a slash at its end. */
  readonly packageRoot: string
  readonly version: string
  /** Told that there is much to read, so that the process may be arranged for long work. */
  readonly expectMuch: () => void
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A stream that text can be written to. */
export interface Stream {
  readonly isTerminal: boolean
  /** Columns of the terminal, or null where there is none. */
  readonly columns: number | null
  readonly write: (text: string) => void
}
