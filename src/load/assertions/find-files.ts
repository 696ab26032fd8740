import { DISK } from '../files/disk.js'
import type { FileSystem } from '../files/file-system.js'
import { isLeftOut } from '../files/walked.js'

const NAME = /(?:^netpol-tests|\.netpol-test)\.yaml$/

/**
 * The assertion files that paths name: a file itself, of a folder all with the name of one in it and below, in code point
 * order. Links to folders are not followed. What is not there stays, so that reading it says why.
 */
export function findAssertionFiles(paths: readonly string[], files: FileSystem = DISK): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path, files) ? below(path, files) : [path])))]
}

function below(folder: string, files: FileSystem): readonly string[] {
  const sorted = files.list(Buffer.from(folder)).toSorted((a, b) => Buffer.compare(a.name, b.name))
  return sorted.flatMap((entry) => {
    const name = entry.name.toString()
    const path = folder === '.' ? name : `${folder.replace(/\/$/, '')}/${name}`
    if (entry.isDirectory()) return isLeftOut(name) ? [] : below(path, files)
    return NAME.test(name) ? [path] : []
  })
}

function isFolder(path: string, files: FileSystem): boolean {
  try {
    return files.stat(path).isDirectory()
  } catch {
    return false
  }
}
