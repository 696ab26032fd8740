import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/** The schema that ships, as data. */
export const CHECK_SCHEMA = JSON.parse(readFileSync('schemas/check.json', 'utf8')) as Record<string, unknown>

/** Compiles a schema; a keyword that means nothing is an error. */
export function validator(schema: Record<string, unknown>): ValidateFunction {
  return new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)
}

/** The same schema without room for what it does not name, to find properties that nobody described. */
export function closed(schema: unknown): Record<string, unknown> {
  return close(schema) as Record<string, unknown>
}

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]) => [key, close(value)] as const)
  const isObject = 'type' in schema && schema.type === 'object'
  return Object.fromEntries(isObject ? [...entries, ['additionalProperties', false]] : entries)
}

/** What is wrong with data, each in one line. */
export function complaints(validate: ValidateFunction, data: unknown): readonly string[] {
  if (validate(data)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  )
}
