import { DISK } from '../files/disk.js'
import { isTooCostlyError } from '../../model/too-costly.js'
import { withFileLimit } from '../files/file-limit.js'
import type { FileSystem } from '../files/file-system.js'
import { reasonOf } from '../files/read-failure.js'
import type { ReadProblem } from '../files/read-result.js'
import { isLeftOut } from '../files/walked.js'

const NAME = /(?:^netpol-tests|\.netpol-test)\.yaml$/

/** The assertion files that were found, and why a folder was not searched. */
export interface FoundFiles {
  readonly paths: readonly string[]
  readonly problems: readonly ReadProblem[]
}

/**
 * The assertion files that paths name: a file itself, of a folder all with the name of one in it and below, in code point
 * order. Links to folders are not followed. What is not there stays, so that reading it says why.
 */
export function findAssertionFiles(paths: readonly string[], fileSystem: FileSystem = DISK): FoundFiles {
  const files = withFileLimit(fileSystem)
  const problems: ReadProblem[] = []
  let isTooMuch = false
  return { paths: [...new Set(paths.flatMap((path) => (isFolder(path, files) ? below(path) : [path])))], problems }

  function below(folder: string): readonly string[] {
    const sorted = entriesIn(folder).toSorted((a, b) => Buffer.compare(a.name, b.name))
    return sorted.flatMap((entry) => {
      const name = entry.name.toString()
      const path = folder === '.' ? name : `${folder.replace(/\/$/, '')}/${name}`
      if (entry.isDirectory()) return isLeftOut(name) ? [] : below(path)
      return NAME.test(name) ? [path] : []
    })
  }

  /** A folder that cannot be read may hold tests: that is an error, and said once where there are too many. */
  function entriesIn(folder: string): ReturnType<FileSystem['list']> {
    if (isTooMuch) return []
    try {
      return files.list(Buffer.from(folder))
    } catch (error) {
      isTooMuch = isTooCostlyError(error)
      problems.push(
        isTooCostlyError(error)
          ? { code: 'NP028', message: error.message, help: error.help, file: folder }
          : { code: 'NP001', message: `cannot be read: ${reasonOf(error)}`, help: null, file: folder },
      )
      return []
    }
  }
}

function isFolder(path: string, files: FileSystem): boolean {
  try {
    return files.stat(path).isDirectory()
  } catch {
    return false
  }
}
