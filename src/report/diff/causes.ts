import type { Cause } from '../../analyze/diff/because.js'
import type { Change } from '../../analyze/diff/change.js'
import type { DiffAnswer } from '../../analyze/diff/diff.js'
import type { Edit } from '../../analyze/diff/edits/edit.js'
import { lettingRules } from '../../analyze/diff/letting-rule.js'
import { formatPath, placeOf, type Path, type Place, type Source } from '../../model/source.js'
import { valueText } from '../wording/edits.js'
import type { CauseResult, UselessEditResult } from './diff-result.js'

interface Placing {
  readonly placeOf: (file: string) => string
}

/** Presents the edits that changes come of. */
export interface CausePresenter {
  ofChange(change: Change): readonly CauseResult[]
  of(causes: readonly Cause[]): readonly CauseResult[]
  /** Policies that differ and that nothing comes of, `others` of the changes among them. */
  withoutEffect(others: readonly Change[]): readonly UselessEditResult[]
}

export function causePresenter(base: Placing, head: Placing, { because, world }: DiffAnswer): CausePresenter {
  const known = new Map<string, CauseResult>()
  const numbers = new Map<Edit, number>()
  const places = { base: base.placeOf, head: head.placeOf }
  const lettingRule = lettingRules(world)

  function present({ edit, alone }: Cause, rule: Path | null): CauseResult {
    const number = numbers.get(edit) ?? numbers.size
    numbers.set(edit, number)
    const key = `${number} ${String(alone)} ${rule === null ? '' : formatPath(rule)}`
    const before = known.get(key)
    if (before !== undefined) return before
    const path = rule ?? edit.path
    const result: CauseResult = {
      change: edit.change,
      ...nameIn(edit),
      path: path.length === 0 ? null : formatPath(path),
      before: valueText(edit.before),
      after: valueText(edit.after),
      side: edit.side,
      ...placeIn(edit.source, path, places[edit.side]),
      alone,
    }
    known.set(key, result)
    return result
  }

  return {
    ofChange: (change) => because.ofChange(change).map((cause) => present(cause, lettingRule(change, cause.edit))),
    of: (causes) => causes.map((cause) => present(cause, null)),
    withoutEffect(others) {
      // What the limit leaves out is no less an effect
      let left = because.unnamed()
      const named = new Set<Edit>()
      for (const change of others) {
        if (left.length === 0) break
        const causes = because.ofChange(change)
        if (causes.every(({ edit }) => named.has(edit))) continue
        for (const { edit } of causes) named.add(edit)
        left = because.unnamed()
      }
      return left.map(({ policy, change, side }) => ({
        change,
        policy: { kind: policy.kind, namespace: policy.namespace, name: policy.name },
        ...placeIn(policy.source, [], places[side]),
      }))
    },
  }
}

function nameIn({ of }: Edit): Pick<CauseResult, 'policy' | 'object' | 'setting'> {
  if ('setting' in of) return { setting: of.setting }
  const { kind, namespace, name } = 'policy' in of ? of.policy : of.object
  return 'policy' in of ? { policy: { kind: of.policy.kind, namespace, name } } : { object: { kind, namespace, name } }
}

function placeIn(source: Source, path: Path, fileOf: (file: string) => string): Place {
  const place = placeOf(source, path)
  return { ...place, file: place.file === null ? null : fileOf(place.file) }
}
