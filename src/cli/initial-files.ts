import { existsSync } from 'node:fs'
import { parseAssertions } from '../load/assertions/read-assertions.js'
import { counted } from '../model/counted.js'
import { shellWord } from '../model/shell-word.js'
import type { Cluster } from '../model/cluster.js'
import { listLines, scalar } from '../report/init/draft-test.js'
import { proposeTests } from '../report/init/propose.js'
import { lockLines, lockText } from '../report/matrix/lock.js'
import type { MatrixReport } from '../report/matrix/matrix.js'
import { DISK } from '../load/files/disk.js'
import { leadsOut } from '../load/files/links.js'
import type { CommonFlags } from './options.js'
import { writeTogether, type NewFile } from './output-files.js'
import { repositoryOf } from './repository.js'
import type { UsageDetail } from './usage-error.js'

const TESTS = 'netpol-tests.yaml'
const LOCK = 'netpol.lock'
const SETTINGS = 'netpol-sim.yaml'

/** The flags that settings can say as well, under their keys. */
const KEYS = {
  filename: 'inputs',
  exclude: 'exclude',
  namespace: 'namespace',
  podCidr: 'podCidr',
  ipblockPods: 'ipblockPods',
  hostNetwork: 'hostNetwork',
  manifests: 'manifests',
  strict: 'strict',
} as const satisfies Partial<Record<keyof CommonFlags, string>>

/** Why nothing is written; whoever asked makes a usage error of it. */
export interface InitRefusal {
  readonly refusal: string
  readonly detail: UsageDetail
}

/** Refuses to write over what somebody may have worked on. */
export function existingFiles(): InitRefusal | null {
  const existing = [TESTS, LOCK].filter((file) => existsSync(file))
  if (existing.length === 0) return null
  const names = existing.map((file) => `\`${file}\``).join(' and ')
  const help = '--force replaces the assertion file and the lock file; the settings are never replaced'
  return { refusal: `${names} ${existing.length === 1 ? 'exists' : 'exist'} already`, detail: { help } }
}

/** Writes the first assertion file, lock file and settings of a project. Returns what to say about it. */
export function writeInitialFiles(
  cluster: Cluster,
  report: MatrixReport,
  flags: CommonFlags,
  { cwd, hasSettings }: { readonly cwd: string; readonly hasSettings: boolean },
): readonly string[] | InitRefusal {
  const proposed = proposeTests(cluster, { ...flags, podCidrs: flags.podCidr }, (text) => parseAssertions(text, TESTS))
  if (!proposed.ok) {
    const { message, code, help } = proposed.error
    return { refusal: message, detail: { code, help } }
  }
  const { text, tests, closed } = proposed.value
  const lines = lockLines(report) ?? []
  const settings = hasSettings || existsSync(SETTINGS) ? null : settingsText(flags, cwd)
  const files: readonly NewFile[] = [
    { path: TESTS, text },
    { path: LOCK, text: lockText(lines) },
    ...(settings === null ? [] : [{ path: SETTINGS, text: settings }]),
  ]
  const problem = writeTogether(files)
  if (problem !== null) return { refusal: `nothing was written: ${problem}`, detail: { code: 'NP001' } }
  const more = settings === null ? flagsAgain(flags) : ''
  return [
    `wrote ${TESTS} (${counted(tests, 'test')}${closed.length === 0 ? '' : `, and ${counted(closed.length, 'closed namespace')}`})`,
    `wrote ${LOCK} (${counted(lines.length, 'line')})`,
    ...(settings === null ? [] : [`wrote ${SETTINGS}`]),
    `next: netpol-sim test${more}; netpol-sim matrix --check ${LOCK}${more}`,
  ]
}

/** The settings that say what the flags of this run said; null where they name what settings may not. */
function settingsText(flags: CommonFlags, cwd: string): string | null {
  const { filename = ['.'] } = flags
  const root = repositoryOf(cwd) ?? cwd
  if (filename.some((path) => path === '-' || leadsOut(path, root, DISK))) return null
  const lines = Object.entries(KEYS).flatMap(([flag, key]): readonly string[] => {
    const value = flag === 'filename' ? filename : flags[flag as keyof typeof KEYS]
    if (value === undefined) return []
    if (value === true) return [`${key}: true`]
    return typeof value === 'object' ? listLines(key, value.map(scalar)) : [`${key}: ${scalar(value)}`]
  })
  return `# What netpol-sim reads, and how: flags win over it.\n${lines.join('\n')}\n`
}

/** The flags that name inputs, as the next command needs them again. */
function flagsAgain({ filename = [] }: CommonFlags): string {
  return filename.map((path) => ` -f ${shellWord(path)}`).join('')
}
