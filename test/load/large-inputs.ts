/** So many lines that are in no way special, each with so many letters. */
export function filler(lines: number, letters: number): readonly string[] {
  return Array.from({ length: lines }, (_, line) => `ü ${'x'.repeat(letters)} ${line % 7}`)
}

/** Names of pods, of which one is refused. */
export const NAMES = Array.from({ length: 18 }, (_, number) => (number === 7 ? 'BAD' : `pod-${number}`))

/** A pod with these lines in its annotations. */
export function jsonPod(name: string, lines: readonly string[]): string {
  const annotations = Object.fromEntries(lines.map((line, at) => [`a${at}`, line]))
  return JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { annotations, name, namespace: 'x' } }, null, 2)
}

export const POLICY =
  '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: x}\nspec: {podSelector: {}}\n'
