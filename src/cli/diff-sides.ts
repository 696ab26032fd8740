import type { FileOptions } from '../load/load.js'
import type { CheckOptions } from '../report/check.js'
import type { DiffNote, SettingChange, SideResult } from '../report/diff/diff-result.js'
import type { Commit } from '../sides/commit.js'
import type { SideWords } from '../sides/side-words.js'
import { olderBase } from './commit-for.js'
import { inputsOf, missingInputs } from './diff-inputs.js'
import { applying, refuseOwnSettings, settingsChanges } from './diff-settings.js'
import type { Io } from './io.js'
import { nameOf, named, sideWords, titleOf, type Named } from './named-sides.js'
import { whatIfFlag, type CommonFlags } from './options.js'
import { repositoryOf } from './repository.js'
import { findSettings, type FoundSettings, type UsedSettings } from './settings.js'
import { UsageError } from './usage-error.js'

/** A side of a comparison: what is read, how, and what it is called. */
export interface Side {
  readonly name: SideResult
  readonly title: string
  readonly paths: readonly string[]
  readonly load: FileOptions
  readonly evaluate: CheckOptions
  readonly placeOf: (file: string) => string
  readonly settings: UsedSettings | null
  readonly commit: Commit | null
}

/** Both sides, and what is worth knowing about them. */
export interface BothSides {
  readonly base: Side
  readonly head: Side
  readonly settingsChanged: readonly SettingChange[]
  readonly notes: readonly DiffNote[]
}

/**
 * Finds the two sides that a command line names, and what is read of each. Where the exit code is a verdict, both must be read and
 * evaluated by the same settings.
 */
export async function bothSides(
  said: readonly string[],
  flags: CommonFlags,
  io: Io,
  isGate: boolean,
): Promise<BothSides> {
  const [first, second] = sideWords(said, whatIfFlag(flags) !== undefined)
  const [base, head] = [await named(first, io), await named(second, io)]
  if (base.path !== null && head.path !== null && flags.filename !== undefined)
    throw new UsageError('`-f` names nothing where both sides are paths', { help: 'leave `-f` out' })
  const own = { base: await settingsFor(base, flags, io), head: await settingsFor(head, flags, io) }
  if (isGate) refuseOwnSettings(own, base, head, flags)
  const isShared = own.base === null && own.head !== null && base.commit !== null
  const settings = { base: isShared ? own.head : own.base, head: own.head }
  const inputs = {
    base: inputsOf(base, flags, settings.base?.values),
    head: inputsOf(head, flags, settings.head?.values),
  }
  const missing = missingInputs(base, head, inputs, io)
  const sideOf = (name: 'base' | 'head', one: Named, other: Named): Side => {
    const found = settings[name]
    const values = { ...applying(found?.values ?? {}, one, flags), ...flags }
    const isManifests = one.commit !== null || (one.words.kind === 'working-tree' && other.commit !== null)
    const { commit } = one
    return {
      name: nameOf(one),
      title: titleOf(one),
      paths: inputs[name].filter((path) => !missing[name].has(path)),
      load: {
        ...values,
        ...(name === 'base' ? AS_IT_IS : {}),
        ...(isManifests ? { manifests: true } : {}),
        readStdin: io.readStdin,
        ownPackage: io.packageRoot,
        fileSystem: commit?.files,
      },
      evaluate: { ...values, podCidrs: values.podCidr },
      placeOf: commit?.placeOf ?? ((file) => file),
      settings: found?.used ?? null,
      commit,
    }
  }
  const notes: readonly DiffNote[] = [
    ...(await divergence(first, base.commit, second, io)),
    ...(isShared && own.head !== null
      ? [
          {
            code: 'settings-of-head',
            message: `${titleOf(base)} has no netpol-sim.yaml: ${own.head.used.file} serves both sides (${own.head.used.keys.join(', ')})`,
          } as const,
        ]
      : []),
    ...(['base', 'head'] as const).flatMap((name) =>
      [...missing[name]].map((path): DiffNote => {
        const title = titleOf(name === 'base' ? base : head)
        return { code: 'input-missing', message: `\`${path}\` is not in ${title}` }
      }),
    ),
  ]
  const settingsChanged = isShared ? [] : settingsChanges(own)
  return { base: sideOf('base', base, head), head: sideOf('head', head, base), settingsChanged, notes }
}

async function settingsFor({ commit }: Named, flags: CommonFlags, io: Io): Promise<FoundSettings | null> {
  return findSettings(flags.config, io.cwd, io, () => false, commit ?? undefined)
}

/** What-if flags change the head. */
const AS_IT_IS = { with: undefined, without: undefined, label: undefined }

/**
 * Said where a ref is compared with the working tree and has commits that this lacks, and where a shallow clone may have an older
 * merge base only: what others did would look as if it were undone, or done.
 */
async function divergence(
  words: SideWords,
  commit: Commit | null,
  head: SideWords,
  io: Io,
): Promise<readonly DiffNote[]> {
  if (commit === null || (words.kind !== 'merge-base' && (words.kind !== 'ref' || head.kind !== 'working-tree')))
    return []
  if (words.kind === 'merge-base') return olderBase(commit, io)
  const { hasDiverged } = await import('../sides/commit.js')
  const surroundings = { top: repositoryOf(io.cwd), cwd: io.cwd, env: io.env }
  if (!hasDiverged(commit.commit, surroundings)) return []
  const message = `\`${words.ref}\` has commits that HEAD lacks, and undoing them is shown as a change: \`${words.ref}...\` compares with where HEAD left it`
  return [{ code: 'base-diverged', message }]
}
