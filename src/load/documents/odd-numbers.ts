import { latest } from '../../model/recent.js'
import type { Path } from '../../model/source.js'
import { rawAt } from '../../syntax/locate.js'
import { warning, type Report } from '../decode/problem.js'
import { readsDifferently } from '../../syntax/yaml/scalars.js'
import type { Value } from '../../syntax/text/value.js'

/** Texts without anything like `010`, `0o17`, `8_0` or `0b1` need no closer look; a text may hold many policies. */
const isSuspicious = latest((text: string) => /[:-]\s+[-+]?(?:0[0-9_bo]|\d+_)/.test(text))

/** Reports numbers of an object that YAML 1.1, which Kubernetes reads, and YAML 1.2 take for different ones (B-3). */
export function oddNumbers(value: Value, text: string, base: Path, report: Report): void {
  if (!isSuspicious(text)) return
  for (const [path, number] of numberPaths(value, [])) {
    const raw = rawAt(text, [...base, ...path])
    if (raw === null || !readsDifferently(raw)) continue
    report(
      warning('NP122', path, `Kubernetes reads \`${raw}\` as ${number}; other YAML readers do not`, `write ${number}`),
    )
  }
}

function* numberPaths(value: Value, path: Path): Generator<readonly [Path, number]> {
  if (typeof value === 'number') yield [path, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    yield* numberPaths(item as Value, [...path, key])
  }
}
