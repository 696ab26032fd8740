import type { ClosedDraft } from './closed-namespaces.js'
import { listLines, scalar, type DraftTest } from './draft-test.js'

/** What an assertion file is written of. */
export interface TestsFile {
  readonly tests: readonly DraftTest[]
  /** What the tests are about, told above them. */
  readonly about: readonly string[]
  readonly closed: ClosedDraft | null
}

const HEAD = `# yaml-language-server: $schema=https://unpkg.com/netpol-sim/schemas/tests.json
# Who may reach whom, as it was when \`netpol-sim init\` wrote this. \`netpol-sim test\` fails once it is no longer so.
# Delete what need not stay true, and give the rest a \`why\`: it is printed with every failure.
version: 1
`

/** An assertion file as text. */
export function testsFileText({ tests, about, closed }: TestsFile): string {
  const listed = tests.map(({ lines }) => lines.map((line, at) => `  ${at === 0 ? '- ' : '  '}${line}\n`).join(''))
  const comments = about.map((line) => `  # ${line}\n`)
  const body = tests.length === 0 ? '' : `tests:\n${[...comments, ...listed].join('')}`
  return `${HEAD}${body}${closed === null ? '' : closedText(closed)}`
}

function closedText({ namespaces, directions, external }: ClosedDraft): string {
  const lines = [
    ...listLines('namespaces', namespaces.map(scalar)),
    ...(directions.length === 1 ? listLines('directions', directions) : []),
    ...(external ? [] : ['external: false # what the outside may reach changes with these manifests alone']),
  ]
  const what = directions.length === 1 ? `${directions[0] ?? ''} connection` : 'connection'
  return `closed:\n  # Any other ${what} of these namespaces fails the test\n${lines.map((line) => `  ${line}\n`).join('')}`
}
