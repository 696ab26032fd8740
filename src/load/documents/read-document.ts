import type { ReadDocument } from './document-result.js'
import type { Code } from '../../codes/entries.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Position } from '../../model/source.js'
import { objectName } from '../decode/decode.js'
import { remark, severityOf } from '../decode/diagnose.js'
import type { TextDocument } from './split.js'
import { NOTHING, SKIPPED, together } from './document-result.js'
import { decidesNothing } from './relevance.js'
import { isJson, parseJson } from '../../syntax/json/parse-json.js'
import { ownerOfKey } from './duplicate-key.js'
import { isIndispensable } from '../kinds/kinds.js'
import { excessOf, RAISE_LIMIT } from './limits.js'
import { cutList, wholeList } from './list.js'
import { inFile, MOST_LISTS, objectsOf } from './manifest-object.js'
import type { LoadOptions } from '../decode/load-options.js'
import { readObject } from './read-object.js'
import { itemFault, shapeFault, type ShapeFault } from './document-checks.js'
import { mayBeIndispensable, mayHoldUsedKind, printable } from '../kinds/spelling.js'
import { leftOutAs, refusedAs } from './refused.js'
import { hasTemplateActions, mayMakeObject, type Impostor } from '../kinds/placeholders.js'
import type { Parsed } from '../../syntax/text/syntax-problem.js'
import type { Value } from '../../syntax/text/value.js'
import { isSoundYaml } from '../../syntax/yaml/sound.js'
import { parseYaml } from '../../syntax/yaml/parse-yaml.js'

/** Reads one document: parse, unwrap, sort by kind, decode. An item of a list has `outer` lists around it. */
export function readDocument(document: TextDocument, file: string, options: LoadOptions, outer = 0): ReadDocument {
  const { text, format, inherited } = document
  const isDull = decidesNothing(text, { file, format, inherited })
  const isOuter = !isDull && outer < MOST_LISTS
  const excess = isDull ? null : excessOf(text, options)
  const objects = isOuter && excess === null ? wholeList(document, file) : null
  if (objects !== null) {
    return together(
      objects.map((object) => {
        options.onDocument?.()
        return readObject(object, document, options)
      }),
    )
  }
  const items = isOuter ? cutList(document) : null
  if (items === null) options.onDocument?.()
  if (isDull) return SKIPPED
  if (items !== null) {
    const parts = together(items.map((item) => readItem(item, file, options, outer)))
    if (parts.unparsed === null || excess !== null) return parts
    // What is in quotes or brackets may reach over what looks like an item.
    const whole = readParsed(document, file, options, outer)
    return whole.unparsed !== null && whole.fate !== 'irrelevant' ? parts : whole
  }
  return excess === null ? readParsed(document, file, options, outer) : tooLarge(excess, document, file)
}

/** Reads an item of a list that was cut: what is not parsed must at least be whole, or the cut was wrong. */
export function readItem(item: TextDocument, file: string, options: LoadOptions, outer = 0): ReadDocument {
  const read = readDocument(item, file, options, outer + 1)
  return read === SKIPPED && !isSoundYaml(item.text) ? readParsed(item, file, options, outer + 1) : read
}

/** What is known of a document that was skipped, and might be broken: kubectl reads no further in a file than to that. */
export function verified(read: ReadDocument, document: TextDocument, file: string, options: LoadOptions): ReadDocument {
  if (read !== SKIPPED || (document.format === 'json' ? isJson : isSoundYaml)(document.text)) return read
  return readParsed(document, file, options)
}

/** What is larger than an object may be is an error, never skipped (NP028). */
export function tooLarge(
  message: string,
  { line, column = 1 }: Pick<TextDocument, 'line' | 'column'>,
  file: string,
): ReadDocument {
  const found = remark({ code: 'NP028', message, help: RAISE_LIMIT }, file, { line, column })
  return { ...NOTHING, fate: 'error', diagnostics: [found] }
}

/** Reads a document in any case: what was skipped must come to nothing here as well. */
export function readParsed(document: TextDocument, file: string, options: LoadOptions, outer = 0): ReadDocument {
  const parse = document.format === 'json' ? parseJson : parseYaml
  const { value: parsed, problems } = parse(document.text, {
    duplicateKeys: options.lenient === true ? 'last' : 'error',
    origin: document.origin,
    onlyJson: document.inherited !== undefined || document.onlyJson === true,
  })
  let last = null as Parsed | null
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
  if (value === undefined) {
    // Of keys that stand twice kubectl takes the last; if that decides nothing, neither does the rest.
    const instead = last?.value === undefined ? null : withLastKeys(last.value, document, file, options, outer)
    if (instead === null) return unparsed(document, diagnostics, inFile(document, problems[0]?.position ?? null))
    if (comesToNothing(instead)) return NOTHING
    const [object, ...others] = instead.objects
    return object !== undefined && others.length === 0 && onlyLeavesOut(instead, document.text)
      ? refusedAs(object.kind, objectName(object.kind, object.decoded), diagnostics)
      : unparsed(document, diagnostics, inFile(document, problems[0]?.position ?? null))
  }
  const isItem = document.inherited !== undefined
  if (value === null && !isItem) return { ...NOTHING, fate: 'empty' }
  const fault = isItem || value === null ? itemFault(value) : shapeFault(value, document.text)
  if (fault !== null) {
    return readFault(fault, document, file)
  }
  const read = together(objectsOf(value, document, file, outer).map((object) => readObject(object, document, options)))
  return read.fate === 'irrelevant' ? read : { ...read, diagnostics: [...diagnostics, ...read.diagnostics] }
}

/** What is not an object keeps the answer away, unless it is encrypted and no policy as far as it shows. */
function readFault(
  { code, message, help, isDispensable }: ShapeFault,
  { line, column = 1 }: TextDocument,
  file: string,
): ReadDocument {
  const found = remark({ code, severity: 'error', message, help }, file, { line, column })
  return isDispensable === true
    ? leftOutAs('document', null, [found])
    : { ...NOTHING, fate: 'error', diagnostics: [found] }
}

/** A file that is not a manifest counts as one document, whatever it may hide (NP029). */
export function readImpostor({ message, help, line, isEncrypted }: Impostor, file: string): ReadDocument {
  const found = remark({ code: 'NP029', message, help }, file, { line, column: 1 })
  return isEncrypted === true ? leftOutAs('file', null, [found]) : { ...NOTHING, fate: 'error', diagnostics: [found] }
}

/** Bytes that are not text (NP002), or that cannot be read (NP001). */
export function readUnclean(code: Code, message: string, position: Position | null, file: string): ReadDocument {
  return { ...NOTHING, fate: 'error', diagnostics: [remark({ code, severity: 'error', message }, file, position)] }
}

/** What a document comes to if of keys that stand twice the last one counts; null where that is not an object either. */
function withLastKeys(
  value: Value,
  document: TextDocument,
  file: string,
  options: LoadOptions,
  outer: number,
): ReadDocument | null {
  const isItem = document.inherited !== undefined
  const fault = isItem ? itemFault(value) : value === null ? null : shapeFault(value, document.text)
  if (fault !== null) return null
  return together(objectsOf(value, document, file, outer).map((object) => readObject(object, document, options)))
}

function comesToNothing({ fate, incomplete, kustomization }: ReadDocument): boolean {
  return fate === 'irrelevant' && !incomplete && kustomization?.changes !== true
}

/** Whether a document can be done without, whichever of its keys count: its one object can, and no other is spelled in it. */
function onlyLeavesOut({ fate, incomplete, objects }: ReadDocument, text: string): boolean {
  return (
    fate === 'used' && !incomplete && objects.every(({ kind }) => !isIndispensable(kind)) && !mayBeIndispensable(text)
  )
}

/**
 * A text that cannot be parsed: a template, or an error unless certainly no kind that is used is in it. It is left out where
 * certainly none is in it that an answer cannot do without.
 */
function unparsed(document: TextDocument, diagnostics: readonly Diagnostic[], place: Position | null): ReadDocument {
  const { text, inherited, line, column = 1 } = document
  const left = { ...NOTHING, unparsed: { ...(place ?? { line, column }), reason: diagnostics[0]?.message } }
  const unclean = diagnostics.some(({ code }) => code === 'NP002')
  // An item has no other place in which it could stand, so it was meant to be an object.
  const matters = inherited !== undefined || mayHoldUsedKind(text) || (unclean && mayHoldUsedKind(printable(text)))
  if (hasTemplateActions(text)) return { ...left, fate: 'template', incomplete: matters || mayMakeObject(text) }
  if (!matters) return left
  const isDispensable =
    !mayBeIndispensable(unclean ? printable(text) : text) && (inherited == null || !isIndispensable(inherited.kind))
  return isDispensable
    ? { ...leftOutAs('document', null, diagnostics), unparsed: left.unparsed }
    : { ...left, fate: 'error', diagnostics }
}
