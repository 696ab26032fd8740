import type { Diagnostic } from '../model/diagnostic.js'
import { NOTES } from '../model/note.js'
import { PEER_FIELD } from '../model/policy.js'
import { formatPath } from '../model/source.js'
import { policyName } from '../model/reference.js'
import type { RuleMatch } from '../model/verdict.js'
import type { NoteResult } from './check-result.js'
import { NOTE_WORDING } from './wording/notes.js'

interface Directions {
  readonly egress: { readonly rules: readonly RuleMatch[] }
  readonly ingress: { readonly rules: readonly RuleMatch[] }
}

/** Notes on a flow that nothing but two peers lets through which were probably meant as one (NP133). */
export function splitPeerNotes(flow: Directions, diagnostics: readonly Diagnostic[]): readonly NoteResult[] {
  const warnings = diagnostics.filter(({ code }) => code === 'NP133')
  if (warnings.length === 0) return []
  return [flow.egress.rules, flow.ingress.rules].flatMap((rules) => {
    const notes = rules.map((rule) => noteOn(rule, warnings))
    return notes.every((note) => note !== null) ? notes : []
  })
}

/** A note where the peers by which a rule matches are all of one such pair. */
function noteOn({ policy, direction, path, peers }: RuleMatch, warnings: readonly Diagnostic[]): NoteResult | null {
  const object = `${policy.kind} ${policyName(policy)}`
  const field = PEER_FIELD[direction]
  const pathOf = (index: number) => formatPath([...path, field, index])
  // The warning stands at the second of the two.
  const second = [...(peers ?? []), ...(peers ?? []).map((index) => index + 1)].find(
    (index) =>
      peers?.every((peer) => peer === index || peer === index - 1) === true &&
      warnings.some((warning) => warning.object === object && warning.path === pathOf(index)),
  )
  if (second === undefined) return null
  return {
    code: 'split-peers',
    certainty: NOTES['split-peers'],
    message: NOTE_WORDING['split-peers'](`\`${field}[${second - 1}]\` and \`${field}[${second}]\``),
    ref: `${policyName(policy)} ${pathOf(second)}`,
  }
}
