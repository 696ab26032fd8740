import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { findAssertionFiles } from '../load/assertions/find-files.js'
import { parseAssertions } from '../load/assertions/read-assertions.js'
import { DISK } from '../load/files/disk.js'
import type { FileSystem } from '../load/files/file-system.js'
import { leadsOut } from '../load/files/links.js'
import { readInputs } from '../load/files/read.js'
import type { ReadProblem } from '../load/files/read-result.js'
import type { AssertionFile } from '../model/assertion.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { mistake } from '../report/check.js'
import { repositoryOf } from './repository.js'

/** How assertion files are called where no name is given. */
const ASSERTION_NAMES = 'netpol-tests.yaml or *.netpol-test.yaml'

/** Larger than anything that people or tools write. */
const LARGEST = 2 ** 24

/** Where assertion files are read: the disk or a commit, and how messages call what is read there. */
export interface AssertionSource {
  readonly files: FileSystem
  readonly placeOf: (path: string) => string
}

const ON_DISK: AssertionSource = { files: DISK, placeOf: (path) => path }

/** An assertion file that was read, and where its `inputs` are. */
export interface ReadAssertions {
  readonly file: AssertionFile
  /** The path that it was read under, from the current folder; messages may call it otherwise. */
  readonly path: string
  /** Relative to the current folder; null where the file names none. */
  readonly inputs: readonly string[] | null
}

/** The assertion files of some paths, and what kept others from being read. */
export interface FoundAssertions {
  readonly files: readonly ReadAssertions[]
  readonly problems: readonly Diagnostic[]
}

/** Reads the assertion files that paths name. Those that were only found may not lead out of their repository. */
export function readAssertionFiles(
  paths: readonly string[],
  cwd: string,
  { files: fileSystem, placeOf }: AssertionSource = ON_DISK,
): FoundAssertions {
  const files: ReadAssertions[] = []
  const found = findAssertionFiles(paths, fileSystem)
  const problems: Diagnostic[] = found.problems.map((problem) => unreadDiagnostic(problem, placeOf(problem.file)))
  for (const path of found.paths) {
    const { files: read, problems: unread } = readInputs([path], { maxBytes: LARGEST, fileSystem })
    const problem = unread.find(({ code }) => code !== 'NP027')
    const [only] = read
    if (problem !== undefined || only === undefined) {
      problems.push(
        unreadDiagnostic(problem ?? { code: 'NP001', message: 'cannot be read', help: null }, placeOf(path)),
      )
      continue
    }
    const file = parseAssertions(only.text, placeOf(path))
    const root = paths.includes(path) ? null : repositoryOf(dirname(resolve(cwd, path)))
    const outside = root === null ? null : leadingOut(file, path, cwd, root)
    if (outside !== null) problems.push(outside)
    else files.push({ file, path, inputs: file.inputs?.map(({ text }) => inputOf(path, text, cwd)) ?? null })
  }
  return { files, problems }
}

/** Why a file was not read, under the name that messages call it by. */
function unreadDiagnostic(problem: Omit<ReadProblem, 'file'>, file: string): Diagnostic {
  const { code, message, help, line = null, column = null } = problem
  return { ...mistake({ code, message, help }), file, line, column }
}

/** An input of an assertion file from the current folder. */
function inputOf(file: string, text: string, cwd: string): string {
  return isAbsolute(text) ? text : relative(cwd, resolve(cwd, dirname(file), text)) || '.'
}

function leadingOut({ file, inputs }: AssertionFile, path: string, cwd: string, root: string): Diagnostic | null {
  const found = inputs?.find(({ text }) => leadsOut(inputOf(path, text, cwd), root, DISK))
  if (found === undefined) return null
  const message = `\`${found.text}\` lies outside of the repository`
  const said = mistake({ code: 'NP036', message, help: 'name the assertion file itself, or give the inputs with -f' })
  return { ...said, file, ...found.place }
}

/** What is said where paths lead to no assertion file: nothing passes by matching nothing. */
export function noFiles(paths: readonly string[]): Diagnostic {
  const where = paths.map((path) => `\`${path}\``).join(' and ')
  const message = `there is no assertion file in ${where}`
  return mistake({ code: 'NP027', message, help: `assertion files are called ${ASSERTION_NAMES}` })
}
