import { listLines, scalar, type DraftTest } from './draft-test.js'
import type { NamespaceReach } from './namespace-reach.js'
import { namespaceUnits, type NamespaceUnit } from './namespace-units.js'

/** One `deny` for each namespace, or glob of namespaces that behave alike, from all that cannot reach it. */
export function namespaceTests(reach: NamespaceReach): readonly DraftTest[] {
  const units = namespaceUnits(reach)
  return units.flatMap((unit) => testInto(unit, units, reach) ?? [])
}

function testInto(unit: NamespaceUnit, units: readonly NamespaceUnit[], reach: NamespaceReach): DraftTest | null {
  const [member = ''] = unit.members
  const reaching = reach.into(member)
  const isClosedTo = (other: NamespaceUnit) =>
    other === unit ? !unit.isOpenWithin : !other.members.some((one) => reaching.has(one))
  const others = units.filter((other) => other !== unit || unit.members.length > 1)
  const closed = others.filter(isClosedTo)
  const open = others.filter((other) => !closed.includes(other))
  const outside = outsideClosedTo(reach.fromOutside(member))
  if (closed.length === 0)
    return outside === null
      ? null
      : testOf(
          unit,
          [outside],
          [],
          `nothing ${outside === 'external' ? 'outside the cluster' : 'on the internet'} reaches`,
        )
  // Whom to leave out is shorter to say where most of the others cannot reach it
  const isMost = open.length < closed.length
  const from = [...(isMost ? ['any'] : closed.map(anyOf)), ...(outside === null ? [] : [outside])]
  const isOwnMeant = isMost ? !open.includes(unit) : closed.includes(unit)
  const except = [
    ...(isOwnMeant && unit.members.some(reach.hasPairs) ? ['same-namespace'] : []),
    ...(isMost ? open.map((other) => `{ from: ${anyOf(other)} }`) : []),
  ]
  return testOf(unit, from, except, isMost ? nobodyBut(open) : 'these do not reach')
}

function nobodyBut(open: readonly NamespaceUnit[]): string {
  const named = open.map(({ glob }) => glob).join(' and ')
  if (open.length === 0) return 'no other namespace reaches'
  return open.length > MOST_NAMED ? 'no namespace but these exceptions reaches' : `no namespace but ${named} reaches`
}

/** A longer name nobody reads to its end. */
const MOST_NAMED = 3

/** Of the outside, what cannot reach a namespace of which something may reach it. */
function outsideClosedTo(reaching: 'internet' | 'external' | 'nothing'): string | null {
  if (reaching === 'nothing') return 'external'
  return reaching === 'external' ? 'internet' : null
}

function testOf(unit: NamespaceUnit, from: readonly string[], except: readonly string[], who: string): DraftTest {
  const name = `${who} ${unit.glob}`
  return {
    name,
    lines: [
      `name: ${scalar(name)}`,
      ...listLines('from', from),
      `to: ${anyOf(unit)}`,
      ...(except.length === 0 ? [] : listLines('except', except)),
      'expect: deny',
    ],
  }
}

function anyOf({ glob }: NamespaceUnit): string {
  return `${glob}/any`
}
