// node bench/parser-alone.js FOLDER [json]: parses all of a folder with js-yaml, or with JSON.parse, and no more than that.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadAll } from 'js-yaml'

/** Parses each file of a folder. */
export function parseFolder(folder, parser) {
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
    if (parser === 'json') JSON.parse(text)
    else loadAll(text)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) parseFolder(process.argv[2], process.argv[3])
