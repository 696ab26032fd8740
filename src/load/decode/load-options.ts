import type { Code } from '../../codes/entries.js'
import type { Severity } from '../../model/diagnostic.js'

/** How severe the warnings of a code are in this project; `off` silences them. */
export type LintSettings = Readonly<Partial<Record<Code, Severity | 'off'>>>

/** How manifests are read. Everything may be left out. */
export interface LoadOptions {
  /** The namespace of objects that name none; `default` if left out. */
  readonly namespace?: string | undefined
  /** Unknown fields and doubled keys are dropped with a warning, as some clients do, instead of refused (B-4, B-5). */
  readonly lenient?: boolean | undefined
  /**
   * The input is manifests and not a dump of a cluster: `status` and owners are not believed. Left out: they are believed of
   * objects with a uid and a resourceVersion.
   */
  readonly manifests?: boolean | undefined
  /** Every warning is an error. */
  readonly strict?: boolean | undefined
  /** Objects with errors are left out and answers are `incomplete`, instead of no answer at all. */
  readonly keepGoing?: boolean | undefined
  /** The most bytes that are read in all; 2 GiB if left out. */
  readonly maxInput?: number | undefined
  /**
   * Globs of what is left out of folders, as in a `.gitignore`: a name at any depth, or a path below the folder that was
   * named or below the current one. What is named itself is read all the same.
   */
  readonly exclude?: readonly string[] | undefined
  /** How severe warnings are in this project, by code; `off` silences them, also under `strict`. */
  readonly lint?: LintSettings | undefined
  /** Links to files may lead out of what is named; nothing of what they lead to is shown in messages. */
  readonly followLinks?: boolean | undefined
  /** Names of objects that are removed in memory, such as `shop/NetworkPolicy/api`; a workload goes with its pods. */
  readonly without?: readonly string[] | undefined
  /** Labels that are set (`shop/Deployment/web:role=cache`) or removed (`Namespace/shop:team-`) in memory: of a workload those of its pods. */
  readonly label?: readonly string[] | undefined
  /** Hears of each document, and of each item of a list instead of the list, when it has been read. */
  readonly onDocument?: (() => void) | undefined
}
