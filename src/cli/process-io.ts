import { readFileSync, readSync } from 'node:fs'
import { isatty } from 'node:tty'
import { fileURLToPath } from 'node:url'
import { bugText } from './bug-text.js'
import { EXIT } from './exit-code.js'
import type { Io, Stream } from './io.js'

/** The io of a real process; from now on what nobody catches ends it as a bug, where Node would say 1. */
export function processIo(packageRoot: URL): Io {
  process.on('uncaughtException', (error) => {
    process.exitCode = EXIT.bug
    process.stderr.write(bugText(error, process.argv.includes('--debug')))
  })
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'))
  return {
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    readStdin,
    stdinIsTerminal: isatty(0),
    env: process.env,
    cwd: process.cwd(),
    packageRoot: fileURLToPath(packageRoot),
    version: typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '',
  }
}

/** Reads all of standard input. `process.stdin` is not touched: it makes a pipe non-blocking, and a slow writer an error. */
function readStdin(): Uint8Array {
  const chunks: Uint8Array[] = []
  const buffer = Buffer.alloc(65536)
  for (;;) {
    try {
      const length = readSync(0, buffer)
      if (length === 0) return Buffer.concat(chunks)
      chunks.push(Uint8Array.from(buffer.subarray(0, length)))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Keeps a closed pipe quiet, and any other failure to write an error that a verdict cannot be mistaken for. */
function streamOf(stream: NodeJS.WriteStream): Stream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.exitCode = EXIT.unanswered
    if (stream !== process.stderr) process.stderr.write(`error: the output could not be written: ${error.message}\n`)
  })
  return {
    isTerminal: stream.isTTY,
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : null,
    write: (text) => {
      stream.write(text)
    },
  }
}
