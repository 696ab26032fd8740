import { latest } from '../../model/recent.js'
import { positionAt } from '../../syntax/text/position.js'

/** Why the text of a file is not a manifest, what to do, and the line that shows it. */
export interface Impostor {
  readonly message: string
  readonly help: string
  readonly line: number
  /** What it holds is meant to be secret, as policies seldom are. */
  readonly isEncrypted?: true
}

const LFS = /^version https:\/\/git-lfs\.github\.com\/spec\//
/** What git-crypt leaves of a file that was not unlocked begins like this. */
export const GIT_CRYPT = '\0GITCRYPT\0'
const VAULT = /^\$ANSIBLE_VAULT;/
/** The lines between which git leaves both sides of a conflict. */
const CONFLICT = [/^<{7}(?: |\r?$)/m, /^={7}\r?$/m, /^>{7}(?: |\r?$)/m]

/** Recognises texts that stand where manifests should and are none: never to be read as if nothing were there (NP029). */
export function recognise(text: string): Impostor | null {
  if (LFS.test(text)) {
    return {
      message: 'the file is a git-lfs pointer, not the manifest itself',
      help: 'fetch the content: git lfs pull',
      line: 1,
    }
  }
  if (VAULT.test(text)) {
    return {
      message: 'the file is encrypted with Ansible Vault',
      help: 'decrypt it and pipe it in: ansible-vault view FILE | netpol-sim … -f -',
      line: 1,
      isEncrypted: true,
    }
  }
  if (text.startsWith(GIT_CRYPT)) {
    return {
      message: 'the file is encrypted with git-crypt',
      help: 'decrypt it with `git-crypt unlock`',
      line: 1,
      isEncrypted: true,
    }
  }
  const line = conflictLine(text)
  if (line === null) return null
  return {
    message: 'the file has an unresolved merge conflict',
    help: 'keep one side, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`',
    line,
  }
}

function conflictLine(text: string): number | null {
  if (!text.includes('<<<<<<<')) return null
  const [start = -1, middle = -1, end = -1] = CONFLICT.map((marker) => text.search(marker))
  return start !== -1 && middle > start && end > start ? positionAt(text, start).line : null
}

const BLOCK_SCALAR = /(?:^|[\s:-])[|>][-+0-9]*\s*(?:#.*)?$/

/** Whether a text has template actions such as `{{ .Values.name }}` where YAML would see them: not in quotes or comments. */
export function hasTemplateActions(text: string): boolean {
  return (text.includes('{{') && actionsIn(text)) || JINJA.test(text)
}

/** What steers a template of Jinja, as MkDocs and Ansible have it: on a line of its own. */
const JINJA = /^[ \t]*\{%.*%\}[ \t]*\r?$/m

/** Each object of a list that is at fault asks the same of the whole text. */
const actionsIn = latest((text: string): boolean => {
  let scalarIndent: number | null = null
  for (const line of text.split(/\r\n|\r|\n/)) {
    const indent = line.search(/\S/)
    if (scalarIndent !== null && (indent === -1 || indent > scalarIndent)) continue
    scalarIndent = BLOCK_SCALAR.test(line) ? indentOfParent(line) : null
    if (line.includes('{{') && hasAction(line)) return true
  }
  return false
})

const TEMPLATED_KIND = /\bkind["']?[ \t]*:[^\r\n]*\{\{/
const SOME_KIND = /^[ \t]*(?:- +)*["']?kind["']?[ \t]*:/m
/** An action at the start of a line that leaves text there, not one that only steers. */
const MAKES_LINES =
  /^[ \t]*(?:- +)*\{\{(?!-?[ \t]*(?:(?:if|else|end|range|with|define|break|continue)\b|\/\*|\$\w*[ \t]*:?=))/m

/** Whether the kind of a template is only known when it is rendered: it is an action, or it comes out of one. */
export function mayMakeObject(template: string): boolean {
  return TEMPLATED_KIND.test(template) || (!SOME_KIND.test(template) && MAKES_LINES.test(template))
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
