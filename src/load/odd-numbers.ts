import type { Path } from '../model/source.js'
import { rawAt } from './positions.js'
import { warning, type Problem } from './problem.js'
import { readsDifferently } from './scalars.js'
import type { Value } from './value.js'

/** Texts without anything like `010`, `0o17`, `8_0` or `0b1` need no closer look. */
const SUSPICIOUS = /[:-]\s+[-+]?(?:0[0-9_bo]|\d+_)/

/** Numbers of an object that YAML 1.1, which Kubernetes reads, and YAML 1.2 take for different ones (B-3). */
export function oddNumbers(value: Value, text: string, base: Path): readonly Problem[] {
  if (!SUSPICIOUS.test(text)) return []
  return numberPaths(value, []).flatMap(([path, number]) => {
    const raw = rawAt(text, [...base, ...path])
    if (raw === null || !readsDifferently(raw)) return []
    return [
      warning('NP122', path, `Kubernetes reads \`${raw}\` as ${number}; other YAML readers do not`, `write ${number}`),
    ]
  })
}

function numberPaths(value: Value, path: Path): readonly (readonly [Path, number])[] {
  if (typeof value === 'number') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]: [string, Value]) =>
    numberPaths(item, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
