import { load, Schema, Type, YAMLException, type EventType, type LoadOptions, type State } from 'js-yaml'
import type { Parsed, ParseOptions, TextProblem } from './text-problem.js'
import { surveyCharacters } from './text-characters.js'
import { evaluate, MAX_DEPTH } from './yaml-evaluate.js'
import { problemOfParser } from './yaml-message.js'
import type { Content, YamlNode, YamlTree } from './yaml-node.js'

/** Every tag is let through: what it means is decided where all nodes are known. */
const ANY_TAG = new Schema(
  (['scalar', 'sequence', 'mapping'] as const).map((kind) => {
    const type = new Type('', { kind })
    type.multi = true
    return type
  }),
)
