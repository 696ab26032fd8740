import { readdirSync, statSync } from 'node:fs'
import { isLeftOut } from '../files/walked.js'

const NAME = /(?:^netpol-tests|\.netpol-test)\.yaml$/

/**
 * The assertion files that paths name: a file itself, of a folder all with the name of one in it and below, in code point
 * order. Links to folders are not followed. What is not there stays, so that reading it says why.
 */
export function findAssertionFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? below(path) : [path])))]
}

function below(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const sorted = entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  return sorted.flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder.replace(/\/$/, '')}/${entry.name}`
    if (entry.isDirectory()) return isLeftOut(entry.name) ? [] : below(path)
    return NAME.test(entry.name) ? [path] : []
  })
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
