import { writeSync } from 'node:fs'

/** Writes every byte; a pipe that takes no more is waited for. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += whenReady(() => writeSync(descriptor, bytes, written))
  }
}

/** What is opened without waiting, by us or by another process, asks to be tried again. */
export function whenReady<Value>(action: () => Value): Value {
  for (;;) {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
