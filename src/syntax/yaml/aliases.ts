/** What an alias adds to a document. */
export interface Cost {
  readonly nodes: number
  /** How many collections stand inside each other. */
  readonly height: number
}

/** Counts the nodes of a document with its aliases written out, without ever writing them out. */
export interface AliasBudget {
  /** Counts a node at its nesting depth, itself included. */
  node(depth: number): void
  /** Counts what an alias stands for; false once the aliases make too much of the document. */
  alias(cost: Cost, depth: number): boolean
  /** What a part of the document costs, with the aliases in it. */
  measure<Result>(depth: number, read: () => Result): { result: Result; cost: Cost }
}

const MOST_ALIASED = 1_000_000

/** A budget for one document: that of kubectl's reader, and a bound of our own. */
export function aliasBudget(): AliasBudget {
  let nodes = 0
  let aliased = 0
  let deepest = 0
  const node = (depth: number): void => {
    nodes += 1
    if (depth > deepest) deepest = depth
  }
  return {
    node,
    alias: (cost, depth) => {
      node(depth + cost.height)
      nodes += cost.nodes
      aliased += cost.nodes
      return aliased <= MOST_ALIASED && (aliased <= 100 || nodes <= 1000 || aliased / nodes <= allowedShare(nodes))
    },
    measure: (depth, read) => {
      const before = { nodes, deepest }
      deepest = depth
      const result = read()
      const cost = { nodes: nodes - before.nodes, height: deepest - depth }
      deepest = Math.max(deepest, before.deepest)
      return { result, cost }
    },
  }
}

/** kubectl gives up when more than 99 % of the nodes come of aliases; of millions of nodes, 10 % may. */
function allowedShare(nodes: number): number {
  const low = 400_000
  const high = 4_000_000
  return 0.99 - 0.89 * Math.min(1, Math.max(0, (nodes - low) / (high - low)))
}
