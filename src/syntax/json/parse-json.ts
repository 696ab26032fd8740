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

function parse(text: string): { readonly value: Value } | { readonly problem: TextProblem } {
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
