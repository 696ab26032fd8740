import { actionText } from '../../../model/policy-kinds.js'
import type { Direction } from '../../../model/direction.js'
import { PEER_FIELD, type AnyPeer, type AnyPort } from '../../../model/policy.js'
import { PORT_FIELD } from '../../../model/policy-kinds.js'
import type { Path, Source } from '../../../model/source.js'
import type { FormRule, RuleForm } from '../../../policy/rule-form.js'
import { howDecides } from '../../../policy/tiers.js'
import type { SideName } from '../joint-world.js'
import { peerKey, portKey, ruleKey, subjectKey } from './canonical.js'
import { changeOf, either, textValue, unedited, type Edit, type EditValue, type Mixed } from './edit.js'
import { mixedList, type ListComparison } from './list-edits.js'

/** A policy on both sides, and what leads from one to the other; null where a side does not have it. */
export interface MixedPolicy extends Mixed<RuleForm | null> {
  readonly base: RuleForm | null
  readonly head: RuleForm | null
}

/** Policies by kind, namespace and name, as far as they differ; the others are given as they are. */
export function mixedPolicies(before: readonly RuleForm[], after: readonly RuleForm[]): readonly MixedPolicy[] {
  const [inBase, inHead] = [new Set(before), new Set(after)]
  const old = new Map(before.filter((form) => !inHead.has(form)).map((form) => [nameKey(form), form]))
  const ofHead = after.map((head): MixedPolicy => {
    // Sides share what was read of a file that both have
    if (inBase.has(head)) return { base: head, head, ...unedited(head) }
    const key = nameKey(head)
    const base = old.get(key) ?? null
    old.delete(key)
    return mixedPolicy(base, head)
  })
  return [...ofHead, ...[...old.values()].map((base) => mixedPolicy(base, null))]
}

function nameKey({ ref: { kind, namespace, name } }: RuleForm): string {
  return JSON.stringify([kind, namespace, name])
}

function mixedPolicy(base: RuleForm | null, head: RuleForm | null): MixedPolicy {
  if (base === head || (base !== null && base.ref === head?.ref)) return { base, head, ...unedited(head) }
  if (base === null || head === null) {
    const form = head ?? base
    if (form === null) throw new Error('a policy is on one side at least')
    const side = head === null ? 'base' : 'head'
    const none = { before: null, after: null }
    const edit = {
      area: 'policy',
      change: changeOf(base, head),
      of: { policy: form.ref },
      path: [],
      ...none,
      side,
      source: form.ref.source,
    } as const
    return { base, head, ...either<RuleForm | null>(edit, base, head) }
  }
  const editIn = editsOf(base, head)
  const simple = <Value>(
    pathOf: () => Path,
    a: Value,
    b: Value,
    valueOf: (value: Value) => EditValue | null,
    isSame = a === b,
  ) => (isSame ? unedited(b) : either(editIn(pathOf(), valueOf(a), valueOf(b)), a, b))
  const moved = <Value>(path: Path, a: Value, b: Value): Mixed<Value> =>
    a === b
      ? unedited(b)
      : either({ ...editIn(path, textValue(String(a)), textValue(String(b))), change: 'moved' }, a, b)
  const tier = moved(['spec', 'tier'], base.tier, head.tier)
  const order = moved(['spec', 'priority'], base.order, head.order)
  const isSameSubject = subjectKey(base.subject) === subjectKey(head.subject)
  const subject = simple(
    () => head.subjectPath,
    base.subject,
    head.subject,
    (one) => ({ is: 'subject', subject: one }),
    isSameSubject,
  )
  const applies = (direction: Direction) =>
    simple(
      () => typesPath(head, direction),
      base.applies[direction],
      head.applies[direction],
      (does) => textValue(does ? TYPES[direction] : null),
    )
  const [ingress, egress] = [applies('ingress'), applies('egress')]
  const rules = { ingress: rulesBetween(base, head, 'ingress'), egress: rulesBetween(base, head, 'egress') }
  const parts = [tier, order, subject, ingress, egress, rules.ingress, rules.egress]
  const edits = parts.flatMap((part) => part.edits)
  return {
    base,
    head,
    edits,
    mix(has) {
      const made = edits.filter(has).length
      // What is compiled already is used again
      if (made === edits.length) return head
      if (made === 0) return base
      return {
        ...head,
        tier: tier.mix(has),
        order: order.mix(has),
        subject: subject.mix(has),
        applies: { ingress: ingress.mix(has), egress: egress.mix(has) },
        rules: { ingress: rules.ingress.mix(has), egress: rules.egress.mix(has) },
      }
    },
  }
}

const TYPES: Readonly<Record<Direction, string>> = { ingress: 'Ingress', egress: 'Egress' }

/** Where a policy says that it isolates in a direction: its types, or by default its rules. */
function typesPath({ ref: { source } }: RuleForm, direction: Direction): Path {
  const place = (path: Path) => JSON.stringify(source.locate(path))
  const [spec, types] = [place(['spec']), place(['spec', 'policyTypes'])]
  return types === spec && place(['spec', direction]) !== spec ? ['spec', direction] : ['spec', 'policyTypes']
}

type EditIn = (path: Path, before: EditValue | null, after: EditValue | null) => Edit

/** Edits in a policy that both sides have. */
function editsOf(base: RuleForm, head: RuleForm): EditIn {
  return (path, before, after) => {
    const change = changeOf(before, after)
    const { side, source } = placeOf(change === 'removed' ? 'base' : 'head', base, head)
    return { area: 'policy', change, of: { policy: head.ref }, path, before, after, side, source }
  }
}

function placeOf(side: SideName, base: RuleForm, head: RuleForm): { side: SideName; source: Source } {
  return { side, source: (side === 'base' ? base : head).ref.source }
}

function rulesBetween(base: RuleForm, head: RuleForm, direction: Direction): Mixed<readonly FormRule[]> {
  const editIn = editsOf(base, head)
  const path: Path = ['spec', direction]
  const valueOf = (rules: readonly FormRule[]): EditValue | null =>
    rules.length === 0
      ? null
      : { is: 'rules', rules: rules.map(({ action, peers, ports }) => ({ direction, action, peers, ports })) }
  const [before, after] = [base.rules[direction], head.rules[direction]]
  return mixedList(before, after, {
    keyOf: ruleKey,
    isOrdered: howDecides(head) === 'first-match',
    whole: () => editIn(path, valueOf(before), valueOf(after)),
    added: (rule) => editIn(rule.ref.path, null, valueOf([rule])),
    removed: (rule) => editIn(rule.ref.path, valueOf([rule]), null),
    edited: (old, now) => ruleBetween(editIn, old, now, direction),
    moved: () => ({ ...editIn(path, valueOf(before), valueOf(after)), change: 'moved' }),
  })
}

const actionIn = ({ ref: { policy }, action }: FormRule): string => actionText(policy.kind, action)

function ruleBetween(editIn: EditIn, old: FormRule, now: FormRule, direction: Direction): Mixed<FormRule> {
  const action =
    old.action === now.action
      ? unedited(now.action)
      : either(
          editIn([...now.ref.path, 'action'], textValue(actionIn(old)), textValue(actionIn(now))),
          old.action,
          now.action,
        )
  const peers = entriesBetween<AnyPeer>(editIn, old, now, PEER_FIELD[direction], 'peers', peerKey)
  const ports = entriesBetween<AnyPort>(editIn, old, now, PORT_FIELD[now.ref.policy.kind], 'ports', portKey)
  return {
    edits: [...action.edits, ...peers.edits, ...ports.edits],
    mix: (has) => ({ ...now, action: action.mix(has), peers: peers.mix(has), ports: ports.mix(has) }),
  }
}

function entriesBetween<Item extends AnyPeer | AnyPort>(
  editIn: EditIn,
  old: FormRule,
  now: FormRule,
  field: string,
  list: 'peers' | 'ports',
  keyOf: (item: Item) => string,
): Mixed<readonly Item[]> {
  const itemsOf = (rule: FormRule) => rule[list] as readonly Item[]
  const valueOf = (items: readonly Item[]): EditValue | null =>
    items.length === 0 ? null : ({ is: list, [list]: items } as unknown as EditValue)
  const path = ({ ref }: FormRule, item?: Item, index = 0) =>
    item === undefined ? [...ref.path, field] : [...ref.path, ...(item.at ?? [field, index])]
  const comparison: ListComparison<Item> = {
    keyOf,
    isOrdered: false,
    whole: () => editIn(path(itemsOf(now).length === 0 ? old : now), valueOf(itemsOf(old)), valueOf(itemsOf(now))),
    added: (item, index) => editIn(path(now, item, index), null, valueOf([item])),
    removed: (item, index) => editIn(path(old, item, index), valueOf([item]), null),
    edited: (a, b, index) => either(editIn(path(now, b, index), valueOf([a]), valueOf([b])), a, b),
    moved: () => {
      throw new Error('the order of entries says nothing')
    },
  }
  return mixedList(itemsOf(old), itemsOf(now), comparison)
}

/** Whether a policy could govern pods of a namespace on either side. */
export function isFor({ base, head }: MixedPolicy, namespace: string): boolean {
  return [base, head].some((form) => form !== null && (form.home === null || form.home === namespace))
}
