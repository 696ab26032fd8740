import { closest } from './closest.js'

/** What a value must be, in words, and whether it is. */
export interface Expected {
  readonly words: string
  readonly fits: (value: unknown) => boolean
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** A text. */
export const TEXT: Expected = { words: 'a text', fits: isText }
/** A list of texts. */
export const TEXTS: Expected = {
  words: 'a list of texts',
  fits: (value) => Array.isArray(value) && value.every(isText),
}
/** `true` or `false`. */
export const BOOLEAN: Expected = { words: 'true or false', fits: (value) => typeof value === 'boolean' }
/** A number of bytes. */
export const SIZE: Expected = {
  words: 'a number that is not negative',
  fits: (value) => typeof value === 'number' && value >= 0,
}
/** A port as a number or in words. */
export const PORT: Expected = {
  words: 'a number or a text',
  fits: (value) => isText(value) || typeof value === 'number',
}
/** Something to call. */
export const FUNCTION: Expected = { words: 'a function', fits: (value) => typeof value === 'function' }
/** Members of any name. */
export const OBJECT: Expected = { words: 'an object', fits: isObject }

/** One of some words. */
export function oneOf(...words: readonly string[]): Expected {
  return {
    words: words.map((word) => `'${word}'`).join(' or '),
    fits: (value) => isText(value) && words.includes(value),
  }
}

/**
 * Why an argument of a function of the library cannot be used, or null: callers in JavaScript have no compiler to tell them,
 * and an option that is misspelt would be one that is not there.
 */
export function wrongArgument(
  what: string,
  value: unknown,
  members: Readonly<Record<string, Expected>>,
  required: readonly string[] = [],
): string | null {
  if (!isObject(value)) return `${what}: must be an object`
  for (const name of required) if (value[name] === undefined) return `${what}: \`${name}\` is missing`
  for (const [name, member] of Object.entries(value)) {
    const expected = Object.hasOwn(members, name) ? members[name] : undefined
    if (expected === undefined) {
      const meant = closest(name, Object.keys(members))
      return `${what}: unknown \`${name}\`${meant === null ? '' : `, did you mean \`${meant}\`?`}`
    }
    if (member !== undefined && !expected.fits(member)) return `${what}: \`${name}\` must be ${expected.words}`
  }
  return null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
