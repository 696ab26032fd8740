/** Reading already-parsed JSON of unknown shape. Only own properties count, so that a key `constructor` is a plain key. */

export function get(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}

/** Absent and null are the same to the API server. */
export function unset(value: unknown): boolean {
  return value === undefined || value === null
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export interface Label {
  key: string
  value: string
}

/** A string map; a null value decodes to the empty string (B-31). */
export function labels(value: unknown): Label[] {
  const found: Label[] = []
  if (typeof value !== 'object' || value === null) return found
  for (const [key, one] of Object.entries(value)) found.push({ key, value: text(one) })
  return found
}
