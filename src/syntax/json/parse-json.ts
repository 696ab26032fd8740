import { latest } from '../../model/recent.js'
import { characterProblem } from '../text/characters.js'
import { inspectJson } from './inspect.js'
import type { Parsed, ParseOptions, TextProblem } from '../text/syntax-problem.js'
import { positionAt } from '../text/position.js'
import type { Value } from '../text/value.js'
import { parseYaml } from '../yaml/parse-yaml.js'

/**
 * Reads one JSON document; where it is not quite JSON, as YAML, as kubectl does.
 *
 * The fast path for `kubectl get -o json`: JSON.parse knows no duplicate keys, so they are counted afterwards.
 */
export function parseJson(text: string, options: ParseOptions): Parsed {
  const odd = characterProblem(text, 'json')
  if (odd?.severity === 'error') return { value: undefined, problems: [odd] }
  const parsed = parse(text)
  if ('problem' in parsed) {
    const asYaml = options.onlyJson !== true && /^[{[]/.test(text) ? parseYaml(text, options) : { value: undefined }
    return asYaml.value === undefined ? { value: undefined, problems: [parsed.problem] } : asYaml
  }
  const found = inspectJson(text, parsed.value, options)
  const problems = odd === null ? found : [odd, ...found]
  return problems.some(({ severity }) => severity === 'error')
    ? { value: undefined, problems }
    : { value: parsed.value, problems }
}

/** The longest text, in characters, of which what was read may be kept until the next is read. */
export const LONGEST_READ = 3 * 2 ** 20

/** Whether a text is valid JSON. */
export function isJson(text: string): boolean {
  return 'value' in parse(text)
}

type Read = { readonly value: Value } | { readonly problem: TextProblem }

function parse(text: string): Read {
  return text.length <= LONGEST_READ ? parseShort(text) : parseAny(text)
}

/** Whether a text is JSON is asked before what it says. */
const parseShort = latest(parseAny)

function parseAny(text: string): Read {
  try {
    return { value: JSON.parse(text) as Value }
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : ''
    const offset = Number(/at position (\d+)/.exec(reason)?.[1] ?? text.length)
    const found =
      offset >= text.length
        ? 'the end of the document'
        : `\`${text.slice(offset, offset + 20).split(/[\r\n]/)[0] ?? ''}\``
    const message = `found ${found}, which is not allowed here in JSON`
    return { problem: { code: 'NP003', severity: 'error', message, help: null, position: positionAt(text, offset) } }
  }
}
