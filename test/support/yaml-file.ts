import { readFileSync } from 'node:fs'
import { CORE_SCHEMA, load } from 'js-yaml'

/** Reads one of the project's own files, with YAML 1.2 rules. */
export function readYaml(path: string): unknown {
  return load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA })
}
