import { isTooCostlyError } from '../../model/too-costly.js'
import { mayHoldObject, printable } from '../kinds/spelling.js'
import { bytesAsText, decodeFile } from './decode-bytes.js'
import type { FileSystem } from './file-system.js'
import { isManifest } from './near-manifests.js'
import type { ReadProblem } from './read-result.js'

/** So much of a file is looked at; what is longer counts as a manifest. */
const MOST = 2 ** 24

/** Whether kubectl would take something in a folder that is left out for an object; `unknown` where there is too much to look at. */
export type Held = 'some' | 'none' | 'unknown'

/** Looks into a folder that is left out, within the limit of files that the file system has. */
export function heldManifests(folder: Buffer, ownPackage: string | null, files: FileSystem): Held {
  try {
    return holdsManifests(folder, ownPackage, files) ? 'some' : 'none'
  } catch (error) {
    if (isTooCostlyError(error)) return 'unknown'
    throw error
  }
}

/**
 * The package that is running has examples; in its own folder, and nowhere else, nobody could hide anything without being
 * the program.
 */
function holdsManifests(folder: Buffer, ownPackage: string | null, files: FileSystem): boolean {
  if (ownPackage !== null && `${files.realPath(folder).toString()}/` === ownPackage) return false
  return files.list(folder).some((entry) => {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name])
    if (entry.isDirectory()) return holdsManifests(path, ownPackage, files)
    if (!isManifest(entry.name.toString())) return false
    // kubectl reads what a link leads to; here nobody looks
    return !entry.isFile() || looksLikeObject(path, files)
  })
}

function looksLikeObject(path: Buffer, files: FileSystem): boolean {
  const file = files.open(path)
  try {
    return file.size() >= MOST || mayBeManifest(file.whole(MOST))
  } finally {
    file.close()
  }
}

function mayBeManifest(bytes: Uint8Array): boolean {
  const decoded = decodeFile(bytes)
  const text = 'text' in decoded ? decoded.text : bytesAsText(bytes)
  return mayHoldObject(printable(text)) && isObjectIfJson(text)
}

/** Packages are full of JSON that speaks of kinds and versions; what is one value can be told for sure. */
function isObjectIfJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return false
    const { apiVersion, kind, items } = value as Readonly<Record<string, unknown>>
    return typeof kind === 'string' && (typeof apiVersion === 'string' || items !== undefined)
  } catch {
    return true
  }
}

/** What is left out of every folder is said where kubectl would read it. */
export function leftOutWarning(file: string, held: Exclude<Held, 'none'>): ReadProblem {
  const what = held === 'some' ? 'holds manifests' : 'holds so many files that manifests may be among them,'
  return {
    code: 'NP135',
    message: `this folder ${what} and was not read, although \`kubectl apply -R\` reads it`,
    help: 'name the folder itself with -f as well, or leave it out with --exclude',
    file,
  }
}
