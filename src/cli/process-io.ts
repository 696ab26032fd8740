import { readFileSync } from 'node:fs'
import type { Io, Stream } from './io.js'

/** The io of a real process. */
export function processIo(packageRoot: URL): Io {
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'))
  return {
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    readStdin: () => readFileSync(0),
    stdinIsTerminal: process.stdin.isTTY,
    env: process.env,
    cwd: process.cwd(),
    packageRoot: packageRoot.pathname,
    version: typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '',
  }
}

/** Keeps a closed pipe quiet, and any other failure to write an error that a verdict cannot be mistaken for. */
function streamOf(stream: NodeJS.WriteStream): Stream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.exitCode = 2
    if (stream !== process.stderr) process.stderr.write(`error: the output could not be written: ${error.message}\n`)
  })
  return {
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : null,
    write: (text) => {
      stream.write(text)
    },
  }
}
