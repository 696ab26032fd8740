import { positionAt } from './text-position.js'

/** What stands in the place of a manifest, and the line that shows it. */
export interface TextKind {
  readonly kind: 'lfs-pointer' | 'merge-conflict' | 'sops' | 'helm-template'
  readonly line: number
}

const LFS = /^version https:\/\/git-lfs\.github\.com\/spec\//
const SOPS = /^(?:sops:[ \t]*\r?$|[ \t]*"sops"[ \t]*:[ \t]*\{)/m
/** The lines between which git leaves both sides of a conflict. */
const CONFLICT = [/^<{7}(?: |\r?$)/m, /^={7}\r?$/m, /^>{7}(?: |\r?$)/m]

/** Recognises texts that are no manifests but stand where manifests should: never to be read as if nothing were there. */
export function recognise(text: string): TextKind | null {
  if (LFS.test(text)) return { kind: 'lfs-pointer', line: 1 }
  const [start = -1, middle = -1, end = -1] = CONFLICT.map((marker) => text.search(marker))
  if (start !== -1 && middle > start && end > start) return { kind: 'merge-conflict', line: lineOf(text, start) }
  if (text.includes('ENC[') && SOPS.test(text)) return { kind: 'sops', line: lineOf(text, text.search(SOPS)) }
  const action = templateLine(text)
  return action === null ? null : { kind: 'helm-template', line: action }
}

/** Whether a text has template actions such as `{{ .Values.name }}` where YAML would see them: not in quotes or comments. */
export function hasTemplateActions(text: string): boolean {
  return templateLine(text) !== null
}

function lineOf(text: string, offset: number): number {
  return positionAt(text, offset).line
}

const BLOCK_SCALAR = /(?:^|[\s:-])[|>][-+0-9]*\s*(?:#.*)?$/

function templateLine(text: string): number | null {
  if (!text.includes('{{')) return null
  let scalarIndent: number | null = null
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const indent = line.search(/\S/)
    if (scalarIndent !== null && (indent === -1 || indent > scalarIndent)) continue
    scalarIndent = BLOCK_SCALAR.test(line) ? indentOfParent(line) : null
    if (line.includes('{{') && hasAction(line)) return index + 1
  }
  return null
}

/** The column of what the block scalar belongs to: the dash of `- |`, the key of `- a: |`. */
function indentOfParent(line: string): number {
  const [, before = '', next = ''] = /^( *(?:- +)*)(.?)/.exec(line) ?? []
  return /[|>]/.test(next) ? Math.max(before.lastIndexOf('-'), 0) : before.length
}

/** Quotes hide an action, unless the action itself has the quote that ends them: `"{{ default "x" .y }}"`. */
function hasAction(line: string): boolean {
  const lastEnd = line.lastIndexOf('}}')
  let quote = ''
  let inAction = false
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    const isFree = /^[\s[{,:]?$/.test(line.charAt(at - 1))
    if (line.startsWith('{{', at)) inAction = true
    else if (line.startsWith('}}', at)) inAction = false
    if (quote === '') {
      if (inAction) return true
      if (character === '#' && isFree) return false
      if (isFree && (character === '"' || character === "'")) quote = character
    } else if ((character === '\\' && quote === '"') || (quote === "'" && line.startsWith("''", at))) {
      at += 1
    } else if (character === quote) {
      if (inAction && lastEnd > at) return true
      quote = ''
      inAction = false
    }
  }
  return false
}
