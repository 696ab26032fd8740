import type { Parsed, ParseOptions } from '../text/syntax-problem.js'
import type { Value } from '../text/value.js'
import { aliasBudget, type Cost } from './aliases.js'
import { readMapping } from './mapping.js'
import { isItems, isPairs, nodeOf, startOf, type ItemNumber, type YamlNode, type YamlTree } from './node.js'
import { problemList, type Reading } from './context.js'
import { structureFaults } from './structure.js'
import { checkCollectionTag, scalarOf } from './tags.js'

/** How many collections may stand inside each other, with aliases written out. */
export const MAX_DEPTH = 64

/** Gives the nodes of a document their meaning, that of the API server, or says why they have none. */
export function evaluate(tree: YamlTree, options: ParseOptions): Parsed {
  const reading = createReading(tree, options)
  for (const { offset, message } of tree.faults) reading.report('NP006', offset, message)
  for (const { offset, message, help } of structureFaults(tree)) reading.report('NP006', offset, message, help)
  const value = reading.valueOf(tree.root, 0)
  const { problems } = reading
  return problems.some(({ severity }) => severity === 'error') ? { value: undefined, problems } : { value, problems }
}

/** What is needed to read the parts of a document. */
export function createReading(tree: YamlTree, options: ParseOptions): Reading {
  const budget = aliasBudget()
  const known = new Map<number, { result: Value; cost: Cost }>()
  const reading: Reading = {
    tree,
    hasEscapes: tree.text.includes('\\'),
    origin: options.origin,
    lastKeyWins: options.duplicateKeys === 'last',
    spent: { mergedKeys: 0, tooMuch: false },
    ...problemList(tree.text),
    valueOf,
  }
  return reading

  function valueOf(number: number | null, depth: number): Value {
    if (reading.spent.tooMuch) return null
    if (number === null) {
      budget.node(depth)
      return null
    }
    const node = nodeOf(tree, number)
    if (node.kind === 'alias') return aliased(node, depth)
    return node.anchored ? anchored(node, number, depth).result : written(node, depth)
  }

  function written(node: YamlNode, depth: number): Value {
    const { kind, content } = node
    if (kind !== 'mapping' && kind !== 'sequence') {
      budget.node(depth)
      return scalarOf(reading, node)
    }
    budget.node(depth + 1)
    checkCollectionTag(reading, node)
    if (depth >= MAX_DEPTH) return refuse(node, `the document is nested more than ${MAX_DEPTH} levels deep`)
    if (isItems(content)) return content.map((item) => itemOf(item, node.open, depth + 1))
    return isPairs(content) ? readMapping(reading, content, node.open, depth + 1) : null
  }

  function itemOf(item: ItemNumber, open: number, depth: number): Value {
    if (!isPairs(item)) return valueOf(item, depth)
    budget.node(depth + 1)
    return readMapping(reading, item, open, depth + 1)
  }

  function anchored(node: YamlNode, number: number, depth: number): { result: Value; cost: Cost } {
    const measured = known.get(number) ?? budget.measure(depth, () => written(node, depth))
    known.set(number, measured)
    return measured
  }

  function aliased(alias: YamlNode, depth: number): Value {
    if (alias.target === null) return refuse(alias, 'the alias is inside the value that it names')
    const { result, cost } = anchored(nodeOf(tree, alias.target), alias.target, depth)
    const affordable = budget.alias(cost, depth)
    const tooDeep = depth + cost.height > MAX_DEPTH
    reading.spent.tooMuch = !affordable || tooDeep
    if (!affordable) return refuse(alias, 'the aliases of the document expand to too many values')
    if (tooDeep) return refuse(alias, `with this alias the document is nested more than ${MAX_DEPTH} levels deep`)
    return result
  }

  function refuse(node: YamlNode, message: string): null {
    reading.report('NP005', startOf(tree.text, node.open), message)
    return null
  }
}
