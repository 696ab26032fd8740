import type { LintSettings } from '../../load/decode/load-options.js'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { globProblem, globsProblem, literal } from '../../load/files/exclude.js'
import { DISK } from '../../load/files/disk.js'
import type { FileSystem } from '../../load/files/file-system.js'
import { leadsOut } from '../../load/files/links.js'
import { checkDnsLabel } from '../../load/decode/validation.js'
import { canBeSilenced } from '../../load/warnings/silence.js'
import { parseOwnYaml, type OwnNode } from '../../syntax/yaml/config-yaml.js'
import { readInputs } from '../../load/files/read.js'
import { closest } from '../../model/closest.js'
import type { Code } from '../../codes/entries.js'
import { FACTS } from '../../codes/facts.js'
import type { Position } from '../../model/source.js'

/** The settings of a project, under the names of the flags that they stand for; a key that is absent says nothing. */
export interface Settings {
  readonly filename?: readonly string[]
  readonly exclude?: readonly string[]
  readonly namespace?: string
  readonly podCidr?: readonly string[]
  readonly ipblockPods?: 'match' | 'never'
  readonly hostNetwork?: 'ignore' | 'enforce'
  readonly strict?: boolean
  readonly manifests?: boolean
  readonly tests?: readonly string[]
  readonly lint?: LintSettings
}

/** Why there are no settings. */
export interface ConfigProblem {
  readonly code: Code
  readonly message: string
  readonly help: string | null
  readonly file: string
  readonly place: Position | null
}

type Wrong = (place: Position, message: string, help?: string) => never

class Refusal extends Error {
  constructor(readonly problem: ConfigProblem) {
    super(problem.message)
  }
}

/** More than anybody writes. */
const LARGEST = 2 ** 20

/**
 * Reads `netpol-sim.yaml`: data only, paths in it are relative to it, and whatever is odd is a problem with a place. What was
 * found and not named must stay within `root`: it may be a stranger's, who would like to see what lies elsewhere.
 */
export function readConfig(
  file: string,
  cwd: string,
  root: string | null = null,
  fileSystem: FileSystem = DISK,
): { settings: Settings } | { problem: ConfigProblem } {
  if (root !== null && leadsOut(file, root, fileSystem)) {
    const message = 'the settings are a link that leads out of the repository'
    return { problem: { code: 'NP033', message, help: 'name them with --config', file, place: null } }
  }
  const { files, problems } = readInputs([file], { maxBytes: LARGEST, fileSystem })
  const unread = problems.find(({ code }) => code !== 'NP027')
  if (unread !== undefined) {
    const { line, column } = unread
    const place = line === undefined || column === undefined ? null : { line, column }
    const help = unread.code === 'NP028' ? null : unread.help
    return { problem: { code: 'NP033', message: unread.message, help, file, place } }
  }
  const [read] = files
  if (files.length !== 1 || read?.file !== file) {
    return { problem: { code: 'NP033', message: 'is a folder, expected a file', help: null, file, place: null } }
  }
  try {
    return { settings: settingsOf(read.text, file, { cwd, within: root, fileSystem }) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (read.isLinked !== true) return { problem: error.problem }
    const message = 'the settings are not valid (a link leads to this file, so nothing of it is shown)'
    return { problem: { ...error.problem, message, help: null } }
  }
}

function settingsOf(text: string, file: string, where: Omit<Where, 'folder'>): Settings {
  const wrong: Wrong = (place, message, help) => {
    throw new Refusal({ code: 'NP033', message, help: help ?? null, file, place })
  }
  const parsed = parseOwnYaml(text)
  if ('problem' in parsed) {
    return wrong(parsed.problem.position, parsed.problem.message, parsed.problem.help ?? undefined)
  }
  const { root } = parsed
  if ('scalar' in root && root.scalar === null) return {}
  if (!('entries' in root)) return wrong(root.place, 'expected keys such as `inputs: [k8s]`')
  const folder = dirname(resolve(where.cwd, file))
  const settings: Record<string, unknown> = {}
  for (const [key, { keyPlace, value }] of root.entries) {
    const read = KEYS.get(key)
    if (read === undefined) {
      const meant = closest(key, KEYS.keys())
      const help = meant === null ? `the keys are ${[...KEYS.keys()].join(', ')}` : `did you mean \`${meant}\`?`
      return wrong(keyPlace, `\`${key}\` is not a key of netpol-sim.yaml`, help)
    }
    settings[key === 'inputs' ? 'filename' : key] = read(value, key, wrong, { folder, ...where })
  }
  return settings
}

interface Where {
  readonly folder: string
  readonly cwd: string
  readonly within: string | null
  readonly fileSystem: FileSystem
}

type ReadKey = (node: OwnNode, key: string, wrong: Wrong, where: Where) => unknown

const KEYS: ReadonlyMap<string, ReadKey> = new Map<string, ReadKey>([
  ['inputs', pathsIn],
  ['exclude', globsIn],
  ['namespace', namespaceIn],
  ['podCidr', (node, key, wrong) => textsIn(node, key, wrong).map(({ text }) => text)],
  ['ipblockPods', oneOf('match', 'never')],
  ['hostNetwork', oneOf('ignore', 'enforce')],
  ['strict', booleanIn],
  ['manifests', booleanIn],
  ['tests', pathsIn],
  ['lint', lintIn],
])

function pathsIn(
  node: OwnNode,
  key: string,
  wrong: Wrong,
  { folder, cwd, within, fileSystem }: Where,
): readonly string[] {
  const texts = textsIn(node, key, wrong)
  if (texts.length === 0) return wrong(node.place, `\`${key}\` must name at least one path`)
  return texts.map(({ text, place }) => {
    if (text === '-') return wrong(place, 'standard input can only be named on the command line', 'give `-f -`')
    const path = isAbsolute(text) ? text : relative(cwd, resolve(folder, text)) || '.'
    if (within !== null && leadsOut(path, within, fileSystem)) {
      return wrong(
        place,
        `\`${text}\` lies outside of the repository`,
        'name it with -f, or the settings with --config',
      )
    }
    return path
  })
}

function globsIn(node: OwnNode, key: string, wrong: Wrong, where: Where): readonly string[] {
  const globs = textsIn(node, key, wrong)
  const tooLong = globsProblem(globs.map(({ text }) => text))
  for (const { text, place } of globs) {
    const problem = globProblem(text)
    if (problem !== null) return wrong(place, problem.message, problem.help)
  }
  if (tooLong !== null) return wrong(node.place, tooLong.message, tooLong.help)
  return globs.map(({ text }) => globFrom(text, where))
}

/** A glob with a slash counts from the folder of the file, wherever the command runs. */
function globFrom(glob: string, { folder, cwd }: Where): string {
  if (!/\/./.test(glob)) return glob
  const way = relative(cwd, folder)
  return `${way.startsWith('..') ? '' : './'}${literal(way)}${way === '' ? '' : '/'}${glob.replace(/^(?:\.?\/)+/, '')}`
}

function namespaceIn(node: OwnNode, key: string, wrong: Wrong): string {
  const { text, place } = textIn(node, `\`${key}\` must be text`, wrong)
  const complaint = checkDnsLabel(text)
  return complaint === null ? text : wrong(place, `\`${text}\` is not a namespace: it ${complaint}`)
}

function oneOf(...choices: readonly string[]): ReadKey {
  return (node, key, wrong) => {
    const found = 'scalar' in node ? node.scalar : undefined
    if (typeof found === 'string' && choices.includes(found)) return found
    return wrong(node.place, `\`${key}\` must be ${choices.map((choice) => `\`${choice}\``).join(' or ')}`)
  }
}

function booleanIn(node: OwnNode, key: string, wrong: Wrong): boolean {
  if ('scalar' in node && typeof node.scalar === 'boolean') return node.scalar
  return wrong(node.place, `\`${key}\` must be \`true\` or \`false\``)
}

const SEVERITIES: readonly string[] = ['off', 'info', 'warning', 'error']

/** `lint: {NP105: off}`: how severe warnings are, by code. */
function lintIn(node: OwnNode, key: string, wrong: Wrong): LintSettings {
  if (!('entries' in node)) return wrong(node.place, `\`${key}\` must map codes to severities, as in \`{NP105: off}\``)
  const settings: Record<string, string> = {}
  for (const [code, { keyPlace, value }] of node.entries) {
    if (!canBeSilenced(code) || !Object.hasOwn(FACTS, code))
      wrong(keyPlace, `\`${code}\` is not the code of a warning`, 'netpol-sim explain lists them')
    const { text, place } = textIn(value, `\`${code}\` must be ${SEVERITIES.join(', ')}`, wrong)
    if (!SEVERITIES.includes(text)) wrong(place, `\`${code}\` must be ${SEVERITIES.join(', ')}`)
    settings[code] = text
  }
  return settings
}

function textsIn(node: OwnNode, key: string, wrong: Wrong): readonly { text: string; place: Position }[] {
  const message = `\`${key}\` must be a list of texts`
  if (!('items' in node)) return wrong(node.place, message, `write \`${key}: [ … ]\``)
  return node.items.map((item) => textIn(item, message, wrong))
}

function textIn(node: OwnNode, message: string, wrong: Wrong): { text: string; place: Position } {
  const found = 'scalar' in node ? node.scalar : undefined
  return typeof found === 'string' && found !== '' ? { text: found, place: node.place } : wrong(node.place, message)
}
