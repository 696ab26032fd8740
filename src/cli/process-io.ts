import { fstatSync, readFileSync, readSync, statSync, type Stats } from 'node:fs'
import { bugText } from './bug-text.js'
import { EXIT, type ExitCode } from './exit-code.js'
import type { Io, Stream } from './io.js'
import { whenReady, writeAll } from './write-all.js'

/**
 * The io of a real process, whose package lies in `packageRoot` (a path with a slash at its end) and which `expectMuch`
 * arranges for long work; from now on what nobody catches ends it as a bug, where Node would say 1.
 */
export function processIo(packageRoot: string, expectMuch: () => void): Io {
  const stderr = streamOf(2, () => process.stderr)
  process.on('uncaughtException', (error) => {
    stderr.write(bugText(error, process.argv.includes('--debug')))
    process.exit(EXIT.bug)
  })
  return {
    stdout: streamOf(1, () => process.stdout),
    stderr,
    readStdin: (most) => {
      if (isCharacterDevice(0)) stderr.write('reading manifests from the terminal; end with Ctrl-D\n')
      return readStdin(most)
    },
    isPipedIn: () => {
      const stats = statsOf(() => fstatSync(0))
      return stats !== null && (stats.isFIFO() || (stats.isFile() && stats.size > 0))
    },
    env: process.env,
    get cwd() {
      return process.cwd()
    },
    now: () => performance.now(),
    packageRoot,
    expectMuch,
    get version() {
      const manifest: unknown = JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8'))
      return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
    },
  }
}

/** Ends the process without waiting for its event loop: every write is out when it returns. A failed one keeps its code. */
export function endProcess(code: ExitCode): never {
  process.exit(process.exitCode ?? code)
}

/**
 * Reads standard input, which may never end: more than `most` bytes are too many. `process.stdin` is not touched: it makes
 * a pipe non-blocking, and a slow writer an error.
 */
function readStdin(most: number): Uint8Array {
  const chunks: Uint8Array[] = []
  const buffer = Buffer.alloc(65536)
  for (let read = 0; read <= most;) {
    const length = whenReady(() => readSync(0, buffer))
    if (length === 0) break
    chunks.push(Uint8Array.from(buffer.subarray(0, length)))
    read += length
  }
  return Buffer.concat(chunks)
}

/**
 * A stream of the process. Pipes and files are written directly: every byte is out when `write` returns, an error is
 * known at once, and what Node has for terminals and sockets need not be loaded.
 */
function streamOf(fd: 1 | 2, others: () => NodeJS.WriteStream): Stream {
  const stream = isCharacterDevice(fd) ? others() : null
  const terminal = stream?.isTTY === true
  return {
    isTerminal: terminal,
    columns: terminal && stream.columns > 0 ? stream.columns : null,
    write: (text) => {
      try {
        writeAll(fd, Buffer.from(text))
      } catch (error) {
        failed(fd, error)
      }
    },
  }
}

/** A terminal or the like; the null device is told apart, since asking Node about it loads much for nothing. */
function isCharacterDevice(fd: number): boolean {
  const stats = statsOf(() => fstatSync(fd))
  return stats?.isCharacterDevice() === true && stats.rdev !== statsOf(() => statSync('/dev/null'))?.rdev
}

function statsOf(get: () => Stats): Stats | null {
  try {
    return get()
  } catch {
    return null
  }
}

/** A closed pipe is quiet; any other failure to write is an error that a verdict cannot be mistaken for. */
function failed(fd: number, error: unknown): void {
  if (codeOf(error) === 'EPIPE') return
  process.exitCode = EXIT.unanswered
  const message = error instanceof Error ? error.message : String(error)
  if (fd === 1) writeAll(2, Buffer.from(`error: the output could not be written: ${message}\n`))
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
