import type { FileSystem } from './file-system.js'
import { isManifest } from './near-manifests.js'
import type { ReadProblem } from './read-result.js'

/** So much of a file is looked at; what is longer counts as a manifest. */
const MOST = 2 ** 20
/** Every package has these, and kubectl refuses them. */
const OF_PACKAGES = /^(?:package|package-lock|tsconfig|\.eslintrc|\.package-lock)\.json$/
/** What every object has, or what may stand for it. */
const OBJECT = /apiVersion|\\[uxU]|!!binary/

/**
 * Whether there is something in a folder that is left out which kubectl would take for an object. The package that is running
 * has examples; in its own folder, and nowhere else, nobody could hide anything without being the program.
 */
export function holdsManifests(folder: Buffer, ownPackage: string | null, files: FileSystem): boolean {
  if (ownPackage !== null && `${files.realPath(folder).toString()}/` === ownPackage) return false
  return files.list(folder).some((entry) => {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name])
    if (entry.isDirectory()) return holdsManifests(path, ownPackage, files)
    const name = entry.name.toString()
    if (!isManifest(name) || OF_PACKAGES.test(name)) return false
    // kubectl reads what a link leads to; here nobody looks
    return !entry.isFile() || looksLikeObject(path, files)
  })
}

function looksLikeObject(path: Buffer, files: FileSystem): boolean {
  const file = files.open(path)
  try {
    if (file.size() >= MOST) return true
    const text = Buffer.from(file.whole(MOST)).toString('latin1')
    return OBJECT.test(text) && (text.includes('kind') || !text.includes('apiVersion'))
  } finally {
    file.close()
  }
}

/** What is left out of every folder is said where kubectl would read it. */
export function leftOutWarning(file: string): ReadProblem {
  return {
    code: 'NP135',
    message: 'this folder holds manifests and was not read, although `kubectl apply -R` reads it',
    help: 'name the folder itself with -f as well, or leave it out with --exclude',
    file,
  }
}
