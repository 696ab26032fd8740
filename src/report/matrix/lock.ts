import { MAX_PORT } from '../../model/protocol.js'
import { escapeTerminal, jsonText } from '../escape.js'
import { compareLines, unifiedDiff } from '../unified-diff.js'
import { isEveryPort } from './ports-list.js'
import type { MatrixReport } from './matrix.js'
import type { ConnectionResult, PortResult } from './matrix-result.js'

const FIRST_LINE = '# netpol-sim lock v1'

/**
 * The lines of the lock file of a matrix below its first one, in byte order: the sides that no policy isolates, and every
 * connection that does not follow from these. So the file grows with the policies, and not with the square of the workloads.
 */
export function lockLines({ connections, frame }: MatrixReport): readonly string[] | null {
  if (connections === null || frame === null) return null
  const { egress, ingress } = frame.notIsolated()
  const free = { egress: new Set(egress), ingress: new Set(ingress) }
  const follows = (one: ConnectionResult): boolean =>
    isPlain(one) &&
    (one.from === 'external' || free.egress.has(one.from)) &&
    (one.to === 'external' || free.ingress.has(one.to))
  const lines = [
    ...egress.map((id) => `unprotected\tegress\t${escapeTerminal(id)}`),
    ...ingress.map((id) => `unprotected\tingress\t${escapeTerminal(id)}`),
  ]
  for (const connection of connections({ isWhole: true })) if (!follows(connection)) lines.push(lineOf(connection))
  return lines.sort(byBytes)
}

/** A lock file as text. */
export function lockText(lines: readonly string[]): string {
  return `${[FIRST_LINE, ...lines].join('\n')}\n`
}

/** The lines of a lock file below its first one, or why it is none. CRLF is accepted. */
function parseLock(
  text: string,
): { readonly lines: readonly string[] } | { readonly problem: string; readonly line: number } {
  const [first, ...lines] = text.replace(/\r?\n$/, '').split(/\r?\n/)
  if (first !== FIRST_LINE) return { problem: `its first line is not \`${FIRST_LINE}\``, line: 1 }
  const conflict = lines.findIndex((line) => /^(?:<{7}|={7}|>{7}|\|{7})/.test(line))
  if (conflict >= 0) return { problem: 'it has the markers of a merge conflict', line: conflict + 2 }
  const seen = new Set<string>()
  const twice = lines.findIndex((line) => seen.size === seen.add(line).size)
  return twice < 0 ? { lines } : { problem: 'a line stands twice', line: twice + 2 }
}

/** What `matrix --check` found. */
export interface LockResult {
  readonly matches: boolean
  /** The differences as a unified diff from the file to the present; empty where there are none. */
  readonly text: string
  /** The same as `-o json` prints it. */
  readonly json: string
}

/** Compares a lock file with the present lines. */
export function compareLock(
  file: string,
  text: string,
  present: readonly string[],
): LockResult | { readonly problem: string; readonly line: number } {
  const parsed = parseLock(text)
  if ('problem' in parsed) return parsed
  const { added, removed, steps } = compareLines(parsed.lines, present, byBytes)
  const matches = added.length + removed.length === 0
  const lock = { file, matches, added, removed }
  return {
    matches,
    text: matches
      ? ''
      : unifiedDiff(
          escapeTerminal(file),
          FIRST_LINE,
          steps.map(({ mark, line }) => ({ mark, line: safely(line) })),
        ),
    json: jsonText({ schemaVersion: 1, command: 'matrix', lock }),
  }
}

/** A line of the file may have been written by anybody; tabs are its own. */
function safely(line: string): string {
  return line.split('\t').map(escapeTerminal).join('\t')
}

/** What is open, all ports of it, and sure: nothing that a line of its own would say. */
function isPlain({ ports, possible, family, certainty }: ConnectionResult): boolean {
  return isEveryPort(ports) && possible === undefined && family === undefined && certainty === undefined
}

/** `FROM TO PORTS`, and behind that certainty, possible ports and family as far as there are any. */
function lineOf({ from, to, cidrs = [], ports, possible, family, certainty }: ConnectionResult): string {
  const end = (id: string) =>
    id === 'external' && cidrs.length > 0 ? `external:${cidrs.join(',')}` : escapeTerminal(id)
  const more = [certainty ?? 'certain', possible === undefined ? 'none' : portsText(possible), family ?? null]
  const used = family !== undefined ? 3 : possible !== undefined ? 2 : certainty !== undefined ? 1 : 0
  return [end(from), end(to), portsText(ports), ...more.slice(0, used)].join('\t')
}

/** `53/UDP,8080-8081/TCP`, `any`, `none`; by number. */
function portsText(ports: readonly PortResult[]): string {
  if (ports.length === 0) return 'none'
  if (isEveryPort(ports)) return 'any'
  return ports
    .toSorted((a, b) => a.port - b.port || a.endPort - b.endPort)
    .map(({ protocol, port, endPort }) => {
      if (port === 1 && endPort === MAX_PORT) return `any/${protocol}`
      return `${port}${endPort === port ? '' : `-${endPort}`}/${protocol}`
    })
    .join()
}

/** As `LC_ALL=C sort` has it. */
function byBytes(a: string, b: string): number {
  const encoder = new TextEncoder()
  if (isAscii(a) && isAscii(b)) return a < b ? -1 : Number(a > b)
  const [x, y] = [encoder.encode(a), encoder.encode(b)]
  const at = x.findIndex((byte, index) => byte !== y[index])
  return at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1)
}

function isAscii(text: string): boolean {
  return /^[\t -~]*$/.test(text)
}
