import { TooCostly } from '../../model/too-costly.js'
import type { FileSystem } from './file-system.js'

/** More than any folder of manifests has with all that is around them. */
const MOST_ENTRIES = 500_000
/** Tiny files take much more time and memory than their bytes would. */
const MOST_FILES = 100_000

/**
 * The same files, of which so many may be listed and opened in all, or as many as `--max-input` says: a commit of a few
 * thousand bytes can repeat a folder in itself until there are more paths than anybody could go. More throws {@link TooCostly}.
 */
export function withFileLimit(files: FileSystem, maxInput = 0): FileSystem {
  const [most, mostFiles] = [Math.max(MOST_ENTRIES, maxInput), Math.max(MOST_FILES, maxInput)]
  let [left, leftFiles] = [most, mostFiles]
  return {
    ...files,
    list(folder) {
      const entries = left < 0 ? [] : files.list(folder)
      left -= entries.length
      if (left >= 0) return entries
      const help = 'name the folders of the manifests, or leave others out with --exclude'
      throw new TooCostly(`the folders hold more than ${most} files and folders`, help)
    },
    open(real) {
      leftFiles -= 1
      if (leftFiles >= 0) return files.open(real)
      throw new TooCostly(`the input has more than ${mostFiles} files`, 'raise the limit with `--max-input`')
    },
  }
}
