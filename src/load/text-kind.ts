/** What stands in the place of a manifest, and the line that shows it. */
export interface TextKind {
  readonly kind: 'lfs-pointer' | 'merge-conflict' | 'sops'
  readonly line: number
}

/** Recognises texts that are no manifests but stand where manifests should: never to be read as if nothing were there. */
export function recognise(text: string): TextKind | null {
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return { kind: 'lfs-pointer', line: 1 }
  const conflict = lineOf(text, /^(?:<{7}|>{7}) /m)
  if (conflict !== null && /^={7}$/m.test(text)) return { kind: 'merge-conflict', line: conflict }
  const sops = lineOf(text, /^sops:\s*$/m)
  return sops !== null && text.includes('ENC[') ? { kind: 'sops', line: sops } : null
}

/** Whether a text has template actions outside of comments: `{{ .Values.name }}`. */
export function hasTemplateActions(text: string): boolean {
  return text.includes('{{') && /^(?!\s*#).*\{\{/m.test(text)
}

function lineOf(text: string, pattern: RegExp): number | null {
  const at = text.search(pattern)
  return at < 0 ? null : text.slice(0, at).split('\n').length
}
