import { startOf, type Content, type YamlNode, type YamlTree } from './node.js'

/** What js-yaml knows of a node when it has been read. */
export interface ParserState {
  readonly position: number
  readonly kind: 'scalar' | 'mapping' | 'sequence' | null
  readonly tag: string | null
  readonly anchor: string | null
  /** What was read, or the number of a node. */
  readonly result: Content | number
}

const ANCHOR_NAME = /^[\w-]+$/

interface Composer {
  readonly open: (position: number) => void
  /** Takes what was read and gives the number that stands for it from now on. */
  readonly close: (state: ParserState) => number
  readonly treeOf: (root: unknown) => YamlTree
}

/** The character that blanks separate from an offset. */
function characterBefore(text: string, offset: number): string {
  let at = offset - 1
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at -= 1
  return text.charAt(at)
}

/** Collects the nodes of a document while js-yaml reads it. */
export function composer(text: string): Composer {
  const nodes: YamlNode[] = []
  const opened: number[] = []
  const anchors = new Map<string, number>()
  const faults = new Map<string, { offset: number; message: string }>()

  const blame = (offset: number, message: string): void => {
    // What js-yaml reads twice is at fault once.
    const fault = { offset: startOf(text, offset), message }
    faults.set(`${fault.offset} ${message}`, fault)
  }

  const add = ({ position: close, kind, tag, anchor, result }: ParserState, open: number): number => {
    const anchored = anchor !== null
    if (kind === null && text.charAt(startOf(text, open)) === '*') {
      nodes.push({ open, close, kind: 'alias', tag, content: null, target: targetOf(open, close, result), anchored })
    } else {
      const content = typeof result === 'number' ? null : result
      nodes.push({ open, close, kind: kind ?? 'empty', tag, content, target: null, anchored })
    }
    return nodes.length - 1
  }

  /** Our own anchors know a value only when it is complete; js-yaml's already while it is being read. */
  const targetOf = (open: number, close: number, result: Content | number): number | null => {
    const name = /^\*([^\s,[\]{}]+)/.exec(text.slice(startOf(text, open), close))?.[1] ?? ''
    const number = anchors.get(name)
    return number !== undefined && (result === number || result === nodes[number]?.content) ? number : null
  }

  /** js-yaml reads a node in a block first as a possible key: what it then keeps has the anchor and tag of both. */
  const keep = (node: YamlNode, number: number, { tag, anchor }: ParserState, open: number): void => {
    if (tag === null && anchor === null) return
    const clash = node.kind === 'alias' || node.anchored || (tag !== null && node.tag !== null && node.tag !== '?')
    if (clash) blame(open, 'duplicate anchor or tag, expected one of each at most')
    nodes[number] = { ...node, open, tag: tag ?? node.tag, anchored: anchor !== null }
  }

  const register = (name: string, number: number, open: number): void => {
    const before = anchors.get(name)
    const isCollection = nodes[number]?.kind === 'mapping' || nodes[number]?.kind === 'sequence'
    if (isCollection && before !== undefined && before !== number && (nodes[before]?.open ?? 0) > open) {
      blame(open, `the anchor \`${name}\` is set again inside its own value`)
    }
    const end = text.indexOf(`&${name}`, open) + name.length + 1
    if (!ANCHOR_NAME.test(name) || text.startsWith('[', end) || text.startsWith('{', end)) {
      blame(open, `the anchor \`${name}\` may have letters, digits, \`-\` and \`_\` only, and a blank after it`)
    }
    anchors.set(name, number)
  }

  /** js-yaml looks for a second property on any line, forgets those of some nodes, and lets a mapping follow on the line. */
  const checkProperties = ({ kind, tag, anchor, position }: ParserState, open: number): void => {
    const both = tag !== null && tag !== '?' && anchor !== null
    if (!both && (tag !== null || anchor !== null || kind === 'sequence')) return
    const start = startOf(text, open)
    if (!/[&!]/.test(text.charAt(start))) return
    const written = text.slice(start, position)
    if (both && !/^\S+[ \t]+[&!]/.test(written)) blame(open, 'expected an anchor and a tag on one line')
    if (kind !== 'mapping' && !both) blame(open, 'expected the value on the line of its anchor or tag')
    const mayBegin = ['', '-', '\n', '\r'].includes(characterBefore(text, start))
    if (kind === 'mapping' && !both && !mayBegin) blame(open, 'a mapping cannot begin here')
  }

  return {
    open: (position) => opened.push(position),
    close: (state) => {
      const open = opened.pop() ?? 0
      const inner = typeof state.result === 'number' ? nodes[state.result] : undefined
      const kept = inner !== undefined && inner.open >= open
      const number = kept ? Number(state.result) : add(state, open)
      if (kept) keep(inner, number, state, open)
      checkProperties(state, open)
      if (state.anchor !== null) register(state.anchor, number, open)
      return number
    },
    treeOf: (root) => ({ text, nodes, root: typeof root === 'number' ? root : null, faults: [...faults.values()] }),
  }
}
