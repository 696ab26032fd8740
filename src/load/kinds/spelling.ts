import { isUsedKind } from './kinds.js'

/** A tag that makes other text of what is written: `!!binary`, in any of its spellings. */
const BINARY = /%TAG|!(?:!|<)\S*(?:binary|%)/
const KIND = /\bkind\b/
/** Kinds of other systems that decide about connections; what ends in `NetworkPolicy` is one of them anywhere. */
const OTHER_POLICY =
  /NetworkPolicy(?:List)?\b|\b(?:AuthorizationPolicy|ServerAuthorization|EgressFirewall|AdminPolicyBasedExternalRoute|CiliumLocalRedirectPolicy)(?:List)?\b|TrafficPermission(?:List)?\b|\bpolicy\.linkerd\.io\b/
const WORD = /\b[A-Z][A-Za-z]+\b/g
const ESCAPE = /\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\[\r\n\x85\u2028\u2029]+[ \t]*/g

/**
 * Whether an object of a kind that matters may be in a text, however its kind is spelled: false is a proof.
 *
 * The key and the kind are whole scalars. Those can only be written as they are, with escapes, or in base64: folding puts
 * a blank or a line break between what it joins.
 */
export function mayHoldUsedKind(text: string): boolean {
  return BINARY.test(text) || mentions(text) || (text.includes('\\') && mentions(`${text}\n${unescaped(text)}`))
}

/** Whether any object may be in a text, however its keys are spelled; false is a proof. */
export function mayHoldObject(text: string): boolean {
  if (BINARY.test(text)) return true
  const spelled = text.includes('\\') ? `${text}\n${unescaped(text)}` : text
  return spelled.includes('apiVersion') && KIND.test(spelled)
}

/** A text without what is not printable ASCII: whatever a reader may drop or skip, a kind is still in it. */
export function printable(text: string): string {
  return text.replace(/[^\n\x20-\x7e]/g, '')
}

/** Whether a policy, the labels of a namespace or a list may be in a text; false is a proof. */
export function mayBeIndispensable(text: string): boolean {
  return BINARY.test(text) || text.includes('\\') || /Policy|Namespace|List\b/.test(text) || OTHER_POLICY.test(text)
}

function mentions(text: string): boolean {
  if (!KIND.test(text)) return false
  if (OTHER_POLICY.test(text)) return true
  for (const [word] of text.matchAll(WORD)) {
    if (isUsedKind(word.replace(/List$/, ''))) return true
  }
  return false
}

/** With every escape that can make a letter, and every escaped line break; what is none may be taken for one as well. */
function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, byte?: string, half?: string, whole?: string) => {
    const code = Number.parseInt(byte ?? half ?? whole ?? '', 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
