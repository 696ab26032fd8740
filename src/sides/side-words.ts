/** What a side of a comparison is called on the command line. */
export type SideWords =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'stdin' }
  /** The inputs at a commit; with a path only what lies there, from the root of the repository. */
  | { readonly kind: 'ref'; readonly said: string; readonly ref: string; readonly path: string | null }
  | { readonly kind: 'merge-base'; readonly said: string; readonly of: readonly [string, string] }
  | { readonly kind: 'working-tree' }

/** A side, and the one beside it where the words name two, as `A...B` does. */
export interface Sides {
  readonly side: SideWords
  readonly other: SideWords | null
}

/** Why there is no such side. */
export interface SideProblem {
  readonly problem: string
  readonly help: string | null
}

/** Reads the words for a side; a path that exists is one, unless `ref:` stands before it. */
export function parseSide(said: string, exists: (path: string) => boolean): Sides | SideProblem {
  if (said === '-') return { side: { kind: 'stdin' }, other: null }
  if (!said.startsWith('ref:') && exists(said)) return { side: { kind: 'path', path: said }, other: null }
  const text = said.replace(/^ref:/, '')
  const colon = text.indexOf(':')
  const [revision, path] = colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)]
  if (revision.includes('...')) return mergeBase(said, revision, path)
  if (revision.includes('..')) {
    const [from = '', to = ''] = revision.split('..')
    const [a, b] = [from || 'HEAD', to || 'HEAD']
    const help = `${a}...${to} compares with where ${b} left ${a}, as a pull request does; ${a} ${b} compares the two commits`
    return { problem: `\`${said}\` is not a side: it is a range of commits`, help }
  }
  if (revision === '') return { problem: `\`${said}\` does not name a commit`, help: 'write REF or REF:PATH' }
  return { side: { kind: 'ref', said, ref: revision, path }, other: null }
}

function mergeBase(said: string, revision: string, path: string | null): Sides | SideProblem {
  const [from = '', to = '', more] = revision.split('...')
  if (path !== null || more !== undefined || from === '')
    return { problem: `\`${said}\` is not a side`, help: 'write A...B, or A... for the working tree' }
  return {
    side: { kind: 'merge-base', said, of: [from, to === '' ? 'HEAD' : to] },
    other: to === '' ? { kind: 'working-tree' } : { kind: 'ref', said: to, ref: to, path: null },
  }
}
