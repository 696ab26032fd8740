import type { ReadObject } from '../decode/decode.js'
import type { Code } from '../../codes/entries.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { grouped } from '../../model/grouped.js'
import type { ManifestText } from '../documents/input.js'
import { remark, severityOf } from '../decode/diagnose.js'
import { ignoreComments, type IgnoreComment } from '../documents/ignore-comments.js'
import type { LoadOptions } from '../decode/load-options.js'

/** Only warnings can be silenced: an error says that there is no answer, and the answer would be another without it. */
export function canBeSilenced(code: string): code is Code {
  return /^NP[12]\d\d$/.test(code)
}

/**
 * Leaves out the warnings that a setting, a comment `# netpol-sim-ignore CODE -- reason` or an annotation
 * `netpol-sim/ignore` silences, also under `strict`. What is left out is counted in an info (NP140); `incomplete` stays.
 */
export function silence(
  diagnostics: readonly Diagnostic[],
  files: readonly ManifestText[],
  objects: readonly ReadObject[],
  options: LoadOptions,
): readonly Diagnostic[] {
  const { lint = {} } = options
  const comments = new Map<string, ReadonlyMap<number, IgnoreComment>>()
  for (const { file, text } of files) {
    const found = ignoreComments(text)
    if (found.length > 0) comments.set(file, new Map(found.map((comment) => [comment.line, comment])))
  }
  const annotated = grouped(
    objects.filter(({ ignores }) => ignores.length > 0),
    ({ name, source }) => `${source.file}\n${name}`,
  )
  if (comments.size === 0 && annotated.size === 0 && Object.keys(lint).length === 0) return diagnostics
  const used = new Set<IgnoreComment>()
  const isSilenced = ({ code, file, line, object }: Diagnostic): boolean => {
    if (lint[code] === 'off') return true
    const beside = line === null ? [] : [line - 1, line].map((at) => comments.get(file ?? '')?.get(at))
    const comment = beside.find((one) => one?.codes.includes(code))
    if (comment !== undefined) used.add(comment)
    return (
      comment !== undefined ||
      (annotated.get(`${file ?? ''}\n${object ?? ''}`)?.some(({ ignores }) => ignores.includes(code)) ?? false)
    )
  }
  const silenced: Diagnostic[] = []
  const kept: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    if (canBeSilenced(diagnostic.code) && isSilenced(diagnostic)) silenced.push(diagnostic)
    else kept.push(regraded(diagnostic, options))
  }
  const odd = [...comments].flatMap(([file, found]) =>
    [...found.values()].flatMap((comment) => faultOf(comment, used.has(comment), file, options)),
  )
  return [...kept, ...odd, ...sumOf(silenced)]
}

function regraded(diagnostic: Diagnostic, options: LoadOptions): Diagnostic {
  const { [diagnostic.code]: wanted } = options.lint ?? {}
  if (wanted === undefined || wanted === 'off' || !canBeSilenced(diagnostic.code)) return diagnostic
  return { ...diagnostic, severity: severityOf(diagnostic.code, wanted, options) }
}

/** A comment that does not do what it says, or does not say why (NP200). */
function faultOf(
  { line, column, codes, reason }: IgnoreComment,
  isUsed: boolean,
  file: string,
  options: LoadOptions,
): readonly Diagnostic[] {
  const unknown = codes.find((code) => !canBeSilenced(code))
  const message =
    unknown !== undefined
      ? `\`${unknown}\` is not the code of a warning`
      : !isUsed
        ? 'the comment silences nothing'
        : reason === null
          ? 'the comment gives no reason'
          : null
  if (message === null) return []
  const help =
    unknown !== undefined
      ? 'only warnings can be silenced: netpol-sim explain lists them'
      : isUsed
        ? 'write `-- ` and the reason behind the code'
        : 'remove it, or put it on the line of the warning or the line above'
  return [
    remark({ code: 'NP200', severity: severityOf('NP200', 'warning', options), message, help }, file, { line, column }),
  ]
}

function sumOf(silenced: readonly Diagnostic[]): readonly Diagnostic[] {
  if (silenced.length === 0) return []
  const byCode = [...grouped(silenced, ({ code }) => code)].map(([code, some]) =>
    some.length === 1 ? code : `${code} (${some.length})`,
  )
  const message = `${silenced.length} ${silenced.length === 1 ? 'warning is' : 'warnings are'} silenced: ${byCode.sort().join(', ')}`
  return [remark({ code: 'NP140', message })]
}
