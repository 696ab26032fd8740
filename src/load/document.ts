import type { Code } from '../model/codes.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { formatPath, type Position } from '../model/source.js'
import { decode, nameOf, type Decoded } from './decode.js'
import { diagnose, placeOf, remark, severityOf } from './diagnose.js'
import type { TextDocument } from './documents.js'
import { ignoresOf } from './ignore-comments.js'
import { decidesNothing } from './interest.js'
import { parseJson } from './json.js'
import { ownerOfKey } from './key-path.js'
import { classify, isKustomization, isUsedKind, mentionsUsedKind, type UsedKind } from './kinds.js'
import {
  inFile,
  itemsOf,
  labelOf,
  MOST_LISTS,
  objectsOf,
  type ManifestObject,
  type ObjectSource,
} from './manifest-object.js'
import { excessOf, RAISE_LIMIT } from './limits.js'
import { cutList } from './list.js'
import { NOTHING, together } from './document-parts.js'
import { oddNumbers } from './odd-numbers.js'
import type { LoadOptions } from './options.js'
import type { Problem } from './problem.js'
import { refusal } from './problem.js'
import type { Parsed } from './text-problem.js'
import { hasTemplateActions, type Impostor } from './text-kind.js'
import { changesObjects, itemFault, shapeFault, withoutKind, TOO_MANY_LISTS } from './shape.js'
import { parseYaml } from './yaml.js'

/** What became of a document; the sum over all documents must be right. */
export type Fate = 'used' | 'irrelevant' | 'empty' | 'template' | 'error'

/** An object that is used, with its name in messages. */
export interface ReadObject {
  readonly kind: UsedKind
  readonly decoded: Decoded
  readonly name: string
  readonly source: ObjectSource
  /** The codes of warnings that it silences itself. */
  readonly ignores: readonly string[]
}

/** Everything that came of one document. */
export interface ReadDocument {
  readonly fate: Fate
  readonly objects: readonly ReadObject[]
  readonly diagnostics: readonly Diagnostic[]
  /** Policies of other systems, by kind. */
  readonly otherPolicies: readonly string[]
  /** Something that may matter was left out. */
  readonly incomplete: boolean
  /** It says how to change the manifests around it, which were read as they lie. */
  readonly overlay: boolean
}

/** Reads one document: parse, unwrap, sort by kind, decode. An item of a list has `outer` lists around it. */
export function readDocument(document: TextDocument, file: string, options: LoadOptions, outer = 0): ReadDocument {
  const { text, format, inherited } = document
  const isDull = decidesNothing(text, { file, format, inherited })
  const items = isDull || outer >= MOST_LISTS ? null : cutList(document)
  if (items === null) options.onDocument?.()
  if (isDull) return NOTHING
  const excess = excessOf(text, options)
  if (items !== null) {
    const parts = together(items.map((item) => readDocument(item, file, options, outer + 1)))
    if (parts.fate !== 'error' || excess !== null) return parts
    // What is in quotes or brackets may reach over what looks like an item.
    const whole = readParsed(document, file, options, outer)
    return whole.fate === 'error' ? parts : whole
  }
  return excess === null ? readParsed(document, file, options, outer) : tooLarge(excess, document, file)
}

/** What is larger than an object may be is an error, never passed over (NP028). */
export function tooLarge(
  message: string,
  { line, column = 1 }: Pick<TextDocument, 'line' | 'column'>,
  file: string,
): ReadDocument {
  const found = remark({ code: 'NP028', severity: 'error', message, help: RAISE_LIMIT }, file, { line, column })
  return { ...NOTHING, fate: 'error', diagnostics: [found] }
}

/** Reads a document in any case: what was skipped must come to nothing here as well. */
export function readParsed(document: TextDocument, file: string, options: LoadOptions, outer = 0): ReadDocument {
  const parse = document.format === 'json' ? parseJson : parseYaml
  const { value: parsed, problems } = parse(document.text, {
    duplicateKeys: options.lenient === true ? 'last' : 'error',
    origin: document.origin,
  })
  let last: Parsed | null = null
  // What js-yaml reads are slices that would keep the text; what can be read again is not to be kept.
  const value = document.reread === undefined || document.format === 'json' ? parsed : structuredClone(parsed)
  const diagnostics = problems.map(({ position, ...problem }) => {
    // What kept the text from being read stays an error, even where it would be forgiven elsewhere.
    const severity = value === undefined ? problem.severity : severityOf(problem.code, problem.severity, options)
    const said = remark({ ...problem, severity }, file, inFile(document, position))
    if (problem.code !== 'NP004') return said
    // Once for all of them: a text may have many
    last ??= parse(document.text, { duplicateKeys: 'last' })
    const namespace = options.namespace ?? 'default'
    return last.value === undefined ? said : { ...said, ...ownerOfKey(document, file, last.value, position, namespace) }
  })
  if (value === undefined) return unparsed(document, diagnostics)
  const isItem = document.inherited !== undefined
  if (value === null && !isItem) return { ...NOTHING, fate: 'empty' }
  const fault = isItem || value === null ? itemFault(value) : shapeFault(value, document.text)
  if (fault !== null) {
    const found = remark({ severity: 'error', ...fault }, file, { line: document.line, column: document.column ?? 1 })
    return { ...NOTHING, fate: 'error', diagnostics: [found] }
  }
  const read = together(objectsOf(value, document, file, outer).map((object) => readObject(object, document, options)))
  return read.fate === 'irrelevant' ? read : { ...read, diagnostics: [...diagnostics, ...read.diagnostics] }
}

/** A file that is no manifest counts as one document, an error whatever it may hide (NP029). */
export function readImpostor({ message, help, line }: Impostor, file: string): ReadDocument {
  const found = remark({ code: 'NP029', severity: 'error', message, help }, file, { line, column: 1 })
  return { ...NOTHING, fate: 'error', diagnostics: [found] }
}

/** Bytes that are no text (NP002), or that cannot be read (NP001). */
export function readUnclean(code: Code, message: string, position: Position | null, file: string): ReadDocument {
  return { ...NOTHING, fate: 'error', diagnostics: [remark({ code, severity: 'error', message }, file, position)] }
}

/** A text that is no YAML: a template, an error if it looks like a kind that is used, else none of our business. */
function unparsed(document: TextDocument, diagnostics: readonly Diagnostic[]): ReadDocument {
  const unclean = diagnostics.some(({ code }) => code === 'NP002')
  // An item has no other place in which it could stand, so it was meant to be an object.
  const matters = unclean || document.inherited !== undefined || mentionsUsedKind(document.text)
  if (hasTemplateActions(document.text)) return { ...NOTHING, fate: 'template', incomplete: matters }
  return matters ? { ...NOTHING, fate: 'error', diagnostics } : NOTHING
}

function readObject(object: ManifestObject, document: TextDocument, options: LoadOptions): ReadDocument {
  const { apiVersion, source } = object
  const kind = object.kind ?? 'object'
  const problems: Problem[] = []
  const label = labelOf(kind, object, options.namespace ?? 'default')
  const fail = (problem: Problem): ReadDocument => ({
    ...NOTHING,
    fate: 'error',
    diagnostics: [diagnose(problem, label, source, options)],
  })
  if (object.kind === null) {
    if (isKustomization(null, apiVersion, source.file)) return { ...NOTHING, overlay: changesObjects(object.value) }
    const missing = withoutKind(apiVersion, object.value)
    return missing === null ? NOTHING : fail(missing)
  }
  // Only what stands in too many others was not opened.
  if (itemsOf(kind, object.value) !== null) return fail(TOO_MANY_LISTS)
  if (apiVersion === null) {
    return isUsedKind(kind)
      ? fail(refusal('NP010', ['apiVersion'], 'Required value', 'a Kubernetes object needs an apiVersion'))
      : NOTHING
  }
  if (isKustomization(kind, apiVersion, source.file)) return { ...NOTHING, overlay: changesObjects(object.value) }
  if (kind === 'Template' && apiVersion.startsWith('template.openshift.io/'))
    return { ...NOTHING, fate: 'template', incomplete: true }
  const classification = classify(kind, apiVersion)
  if (classification === 'irrelevant') return NOTHING
  if ('otherPolicy' in classification)
    return { ...NOTHING, otherPolicies: [classification.otherPolicy], incomplete: true }
  if ('wrongVersion' in classification) {
    const detail = `Kubernetes serves ${kind} as ${classification.wrongVersion}`
    return fail(
      refusal(
        'NP007',
        ['apiVersion'],
        { invalid: apiVersion },
        detail,
        `write apiVersion: ${classification.wrongVersion}`,
      ),
    )
  }
  if ('misspelt' in classification) {
    const detail = `${apiVersion} has no such kind`
    const help =
      classification.misspelt === null ? 'look at `kubectl api-resources`' : `write kind: ${classification.misspelt}`
    return fail(refusal('NP007', ['kind'], { invalid: kind }, detail, help))
  }
  const root = { value: object.value, path: [], report: (problem: Problem) => problems.push(problem) }
  const decoded = decode(classification.use, root, source, options.namespace ?? 'default')
  const name = decoded === null ? label : nameOf(kind, decoded)
  if (classification.use === 'NetworkPolicy') {
    const refused = new Set(problems.map(({ path, near = path }) => formatPath(near)))
    const odd = oddNumbers(object.value, document.text, object.base)
    problems.push(...odd.filter(({ path }) => !refused.has(formatPath(path))))
  }
  const diagnostics = problems.map((problem) => diagnose(problem, name, source, options))
  // A warning that strict makes an error keeps the answer away, not the object: it may be silenced.
  const { lenient } = options
  if (decoded !== null && problems.every(({ code, severity }) => severityOf(code, severity, { lenient }) !== 'error')) {
    return {
      ...NOTHING,
      fate: 'used',
      diagnostics,
      objects: [{ kind: classification.use, decoded, name, source, ignores: ignoresOf(object.value) }],
    }
  }
  return isTemplate(document, problems, source)
    ? { ...NOTHING, fate: 'template', incomplete: true }
    : { ...NOTHING, fate: 'error', diagnostics }
}

/** An error that stands on a line with a template action comes of the template. */
function isTemplate(document: TextDocument, problems: readonly Problem[], source: ObjectSource): boolean {
  if (!hasTemplateActions(document.text)) return false
  const lines = document.text.split('\n')
  return problems.some((problem) => {
    const place = placeOf(problem, source)
    return problem.severity === 'error' && place !== null && (lines[place.line - document.line] ?? '').includes('{{')
  })
}
