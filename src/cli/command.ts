import type { Inventory } from '../model/cluster.js'
import type { Argument, Option } from 'commander'
import type { Page } from '../report/formats.js'
import type { ExitCode } from './exit-code.js'
import type { Session } from './session.js'

/** A command of the command line, as data: what it takes, what it prints, and what its JSON holds where nothing was asked. */
export interface CommandDefinition<Flags = object> {
  readonly name: string
  readonly summary: string
  /** Nobody types it: it is left out of the help. */
  readonly isHidden?: true
  /** Made only if the command runs, or its help is printed. */
  readonly arguments: () => readonly Argument[]
  readonly options: () => readonly Option[]
  /** Whether it reads manifests, and takes the flags that say which and how. */
  readonly readsInput: boolean
  /** It looks for settings of the project itself, since each of its files may have others. */
  readonly hasOwnSettings?: true
  /** The names of its formats, the default first; a single one needs no flag. */
  readonly formats: readonly string[]
  /** Command lines that its help shows. */
  readonly examples: readonly string[]
  /** The topics that its help explains. */
  readonly topics: readonly Topic[]
  /** What its JSON holds besides diagnostics where the command line is wrong; null if it has no JSON. */
  readonly unanswered: object | null
  /** Answers, and says on stderr what there is to say about the input. The answer itself is rendered afterwards. */
  run(session: Session, words: readonly string[], flags: Flags): Promise<Answer>
}

/** What help explains besides flags. */
export type Topic = 'peers' | 'ports' | 'exit codes'

/** The answer of a command, before it is bytes. */
export interface Answer {
  readonly code: ExitCode
  /** The answer in one of the command's formats, piece by piece; nothing where the format has no words for it. */
  readonly render: (format: string, page: Page) => Promise<Iterable<string>>
  /** What was read besides the inputs that the flags name, so that no output takes its place. */
  readonly read?: readonly string[]
  /** Files that messages name and that are not on the disk: no report points into the repository for them. */
  readonly isElsewhere?: (file: string) => boolean
  /** What is left to say on stderr when the answer has been written in these formats. */
  readonly closing?: (formats: readonly string[]) => readonly string[]
}

/** The inventory of a run that read nothing, as where the command line is wrong. */
export const NOTHING_READ: Inventory = { files: 0, used: 0, irrelevant: 0, empty: 0, template: 0, error: 0 }
