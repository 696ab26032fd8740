import type { ReadProblem } from './read-result.js'

const MANIFEST = /\.(?:yaml|yml|json)$/
/** Templates, copies kept by hand or by an editor, sources of other tools, and endings that are not in lower case. */
const NEARLY = /\.(?:ya?ml|json)(?:\.[\w-]+|~)$|\.(?:ya?ml|json)5?$|\.(?:jsonnet|libsonnet|jsonc)$/i
const MOST_NAMES = 3

/** Whether a walk reads a file of this name. */
export function isManifest(name: string): boolean {
  return MANIFEST.test(name)
}

/** Whether a file that a walk skips has nearly the name of a manifest: `web.yaml.j2`, `old.yml.bak`. */
export function isNearManifest(name: string): boolean {
  return NEARLY.test(name)
}

/** One remark for all such files of a folder that was named. */
export function nearManifestRemark(folder: string, files: readonly string[]): ReadProblem {
  const named = files.slice(0, MOST_NAMES).map((file) => `\`${file}\``)
  const more = files.length > named.length ? ` and ${files.length - named.length} more` : ''
  return {
    code: 'NP132',
    message: `${files.length === 1 ? '1 file has' : `${files.length} files have`} nearly the name of a manifest and ${files.length === 1 ? 'was' : 'were'} not read: ${named.join(', ')}${more}`,
    help: 'only .yaml, .yml and .json are read in a folder; render templates first, or name a file with -f',
    file: folder,
  }
}
