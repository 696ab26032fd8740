import type { NotedAnswer } from '../analyze/answer-pair.js'
import type { NoteCode } from '../model/note.js'
import { NOTES } from '../model/note.js'
import { policyName } from '../model/reference.js'
import { formatPath } from '../model/source.js'
import type { FlowResult } from './check-result.js'
import { NOTE_WORDING } from './wording/notes.js'

/** So many notes of a code are told of a flow: a policy can have a hundred thousand peers that the input does not settle. */
const MOST_NOTES = 100

/** The notes on a flow, each once, and how many more of the same codes there are. */
export function presentNotes({ doubts, remarks }: NotedAnswer): Pick<FlowResult, 'notes' | 'omittedNotes'> {
  const notes: FlowResult['notes'][number][] = []
  const seen = new Set<string>()
  const told = new Map<NoteCode, number>()
  let omitted = 0

  function add(code: NoteCode, about: string, ref: string | null): void {
    const key = JSON.stringify([code, about, ref])
    if (seen.has(key)) return
    seen.add(key)
    const before = told.get(code) ?? 0
    told.set(code, before + 1)
    if (before >= MOST_NOTES) omitted += 1
    else {
      const message = NOTE_WORDING[code](about)
      notes.push({ code, certainty: NOTES[code], message, ...(ref === null ? {} : { ref }) })
    }
  }

  for (const { code, about, site } of doubts) {
    add(code, about, site === null ? null : `${policyName(site.policy)} ${formatPath(site.path)}`)
  }
  for (const { code, about } of remarks) add(code, about, null)
  return { notes, ...(omitted === 0 ? {} : { omittedNotes: omitted }) }
}
