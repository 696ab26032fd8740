const LEFT_OUT: ReadonlySet<string> = new Set(['.git', 'node_modules', '.terraform'])

/** Whether a walk skips what has this name: it is not the author's own. */
export function isLeftOut(name: string): boolean {
  return LEFT_OUT.has(name)
}

/** The names that lead down from a folder, none to itself; null to what lies elsewhere. Both paths must be real. */
export function wayDown(folder: string, path: string): readonly string[] | null {
  if (path === folder) return []
  const start = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(start) ? path.slice(start.length).split('/') : null
}
