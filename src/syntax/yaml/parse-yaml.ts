import {
  FAILSAFE_SCHEMA,
  load,
  Schema,
  Type,
  YAMLException,
  type EventType,
  type LoadOptions,
  type State,
} from 'js-yaml'
import { resolvePlain } from './scalars.js'
import { characterProblem } from '../text/characters.js'
import type { Parsed, ParseOptions, TextProblem } from '../text/syntax-problem.js'
import type { Value } from '../text/value.js'
import { composer, type ParserState } from './compose.js'
import { evaluate, MAX_DEPTH } from './evaluate.js'
import { layoutProblem } from './layout.js'
import { parserProblem } from './messages.js'
import type { YamlTree } from './node.js'
import { readEveryday } from './everyday.js'
import { isPlainYaml } from './fast-path.js'

/**
 * Reads one YAML document as kubectl would send it to the API server, or refuses it with a place.
 *
 * js-yaml only finds the nodes; what they mean is decided here, because no schema of it reads as Kubernetes does. Most
 * documents have nothing that could be read in two ways, and take the fast way.
 */
export function parseYaml(text: string, options: ParseOptions): Parsed {
  const odd = characterProblem(text, 'yaml')
  const refused = odd?.severity === 'error' ? odd : layoutProblem(text)
  if (refused !== null) return { value: undefined, problems: [refused] }
  const plain = readEveryday(text) ?? (isPlainYaml(text) ? readPlain(text) : undefined)
  const read = plain === undefined ? readExactly(text, options) : { value: plain, problems: [] }
  return odd === null ? read : { ...read, problems: [odd, ...read.problems] }
}

function readExactly(text: string, options: ParseOptions): Parsed {
  const tree = compose(text)
  return 'nodes' in tree ? evaluate(tree, options) : { value: undefined, problems: [tree] }
}

/** js-yaml asks whether a scalar is of this type, and for its value right after that. */
let resolved: ReturnType<typeof resolvePlain> = null

const PLAIN_SCALARS = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', {
      kind: 'scalar',
      resolve(raw: string | null) {
        resolved = raw === null ? null : resolvePlain(raw)
        return typeof resolved !== 'string'
      },
      construct: () => resolved,
    }),
  ],
})

const DEPTH: LoadOptions & { maxDepth: number } = { schema: PLAIN_SCALARS, maxDepth: MAX_DEPTH }

/** The value of a document without anything odd; undefined, to be read once more and explained, where there is a fault. */
function readPlain(text: string): Value | undefined {
  try {
    // js-yaml's own types end here; without a listener or unknown tags it makes nothing but JSON
    return (load(text, DEPTH) ?? null) as Value
  } catch {
    return undefined
  }
}

/** Every tag is let through: what it means is decided where all nodes are known. */
const ANY_TAG = new Schema(
  (['scalar', 'sequence', 'mapping'] as const).map((kind) => new Type('', { kind, multi: true })),
)

/** The nodes of a YAML document, or why there are none. */
export function compose(text: string): YamlTree | TextProblem {
  const { open, close, treeOf } = composer(text)
  const listener = (event: EventType, state: State): void => {
    if (event === 'open') open(state.position)
    // @types/js-yaml leaves out what the parser keeps of a node, and that its kind may be null
    else state.result = close(state as unknown as ParserState)
  }
  // A little deeper than allowed, so that our own count decides; a flow collection in a block is counted twice.
  const limits: LoadOptions & { maxDepth: number } = { schema: ANY_TAG, json: true, listener, maxDepth: MAX_DEPTH + 4 }
  try {
    return treeOf(load(text, limits))
  } catch (error) {
    if (error instanceof YAMLException) return parserProblem(text, error.reason, error.mark)
    throw error
  }
}
