/** A path without `./`, doubled slashes and `..` behind a name, so that paths of one file are equal. */
export function normalPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`
}

/** Whether a normal path is a folder itself or stands below it; everything that does not climb is below the empty path. */
export function isBelow(path: string, folder: string): boolean {
  if (folder === '') return !path.startsWith('/') && path !== '..' && !path.startsWith('../')
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** The folder of a normal path, which is empty for the current one. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === 0 ? '/' : path.slice(0, Math.max(0, slash))
}
