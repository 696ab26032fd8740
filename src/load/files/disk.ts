import { closeSync, fstatSync, lstatSync, readdirSync, statSync } from 'node:fs'
import type { FileSystem } from './file-system.js'
import { realPath, withoutLinks } from './links.js'
import { openRegular, readPart, readWhole } from './read-file.js'

/** The disk. */
export const DISK: FileSystem = {
  stat: (path) => statSync(path),
  identity(path) {
    const { dev, ino } = lstatSync(path)
    return `${dev}:${ino}`
  },
  list: (folder) => readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }),
  realPath,
  withoutLinks,
  open(real) {
    const descriptor = openRegular(real)
    return {
      size: () => fstatSync(descriptor).size,
      whole: (most) => readWhole(descriptor, most),
      part() {
        const stats = fstatSync(descriptor)
        return (from, to) => readPart(real, stats, from, to)
      },
      close() {
        closeSync(descriptor)
      },
    }
  },
}
