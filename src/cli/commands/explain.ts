import { Argument } from 'commander'
import { diagnosticText } from '../../report/diagnostic-text.js'
import { escapeAll } from '../../report/escape.js'
import type { CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'
import { rendererOf } from '../renderer.js'

/** `explain CODE`: the page of an error code. */
export const EXPLAIN: CommandDefinition = {
  name: 'explain',
  summary: 'what a code such as NP012 means, and what to do about it; without a code: all of them',
  arguments: () => [new Argument('[code]', 'the code of a message: NP012, np12 or 12')],
  options: () => [],
  readsInput: false,
  formats: ['text', 'json'],
  examples: ['netpol-sim explain NP012', 'netpol-sim explain'],
  topics: [],
  unanswered: { code: null, title: null, text: null, meaning: null, fix: null, wrong: null, right: null, codes: [] },
  async run({ io, style }, [word]) {
    const { explain, EXPLAIN_FORMATS } = await import('../../explain/explain.js')
    const result = explain(word)
    for (const problem of result.diagnostics) {
      io.stderr.write(`${diagnosticText(escapeAll(problem), problem, () => null, await style())}\n`)
    }
    return {
      code: result.diagnostics.length > 0 ? EXIT.unanswered : EXIT.yes,
      render: rendererOf(EXPLAIN_FORMATS, result),
    }
  },
}
