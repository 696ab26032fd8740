import type { FlowVerdict } from '../../engine/evaluate.js'
import type { SetId } from '../../matrix/connection-sets.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import type { ExpectAssertion } from '../../model/assertion.js'
import { MAX_PORT, PROTOCOLS } from '../../model/protocol.js'
import { NOTES } from '../../model/note.js'
import { VERDICT_OF } from '../../model/verdict.js'
import { segments } from '../port-segments.js'
import { pairOf } from './deciding-flow.js'
import type { KeptPair } from './except.js'
import type { Face } from './faces.js'
import type { Scene } from './scene.js'

/** Where a pair is denied by others than a test says, or it is not sure by whom; null where it is just these. */
export function deniersDiffer(
  { world }: Scene,
  { from, to }: KeptPair,
  { ranges }: Face,
  asked: SetId,
  { deniedBy, certainty }: ExpectAssertion,
): { readonly problem: 'denied-by' | 'uncertain'; readonly ports: SetId } | null {
  const { sets, compiled } = world.matrix
  const narrow = (end: KeptPair['from']) => (end.kind === 'outside' && ranges !== null ? { ...end, ranges } : end)
  const { variants } = pairOf(world, narrow(from), narrow(to))
  // Answers are told as one whatever is in doubt about a direction, so each port of its own is looked at
  const answers = variants.flatMap((variant) =>
    PROTOCOLS.flatMap((protocol) =>
      segments(compiled, variant, protocol, { first: 1, last: MAX_PORT }).flatMap((segment) =>
        segment.pieces.map((piece, index) => ({ ports: { ...piece, protocol }, answer: segment.answers[index] })),
      ),
    ),
  )
  const among = (wanted: (answer: FlowVerdict) => boolean) => {
    const found = answers.flatMap(({ ports, answer }): readonly PortAtom[] =>
      answer !== undefined && wanted(answer) ? [ports] : [],
    )
    return sets.intersect(asked, sets.of(found))
  }
  const others = among((answer) => denierOf(answer) !== deniedBy)
  if (others !== sets.none) return { problem: 'denied-by', ports: others }
  const unsure = among(({ doubts }) =>
    doubts.some(({ code }) => NOTES[code] !== 'certain' && NOTES[code] !== certainty),
  )
  return unsure === sets.none ? null : { problem: 'uncertain', ports: unsure }
}

function denierOf({ egress, ingress }: FlowVerdict): NonNullable<ExpectAssertion['deniedBy']> {
  const [out, into] = [VERDICT_OF[egress.reason.kind] === 'deny', VERDICT_OF[ingress.reason.kind] === 'deny']
  return out && into ? 'both' : out ? 'egress' : 'ingress'
}
