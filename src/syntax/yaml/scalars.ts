/** Words that the server's YAML 1.1 reader takes for something else than text. */
const WORDS: ReadonlyMap<string, null | boolean | number> = new Map([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, '~ null Null NULL'),
  ...words(NaN, '.nan .NaN .NAN'),
  ...words(Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(-Infinity, '-.inf -.Inf -.INF'),
])

function words(value: null | boolean | number, spellings: string): [string, null | boolean | number][] {
  return spellings.split(' ').map((spelling) => [spelling, value])
}

/** What begins otherwise is text: most scalars, and all names of fields. */
const MAY_BE_MORE = /^[-+.~yYnNtTfFoO0-9_]/
const MAY_BE_WORD = /^[-+.~yYnNtTfFoO]/
const MAY_BE_NUMBER = /^[-+.]?[0-9_]|^[-+]\./
const SHORT_DECIMAL = /^[-+]?(?:0|[1-9][0-9]{0,14})$/
/** No number has two points; many scalars of a cluster are addresses. */
const ADDRESS = /^[0-9]+\.[0-9]+\./
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]*)|([1-9][0-9]*))$/
const SIGN_AFTER_PREFIX = /^0b([-+])([01]+)$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** After a point underscores stand between digits only. */
const LEADING_POINT = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/
const LONGEST_WORD = 5

/**
 * What a plain scalar means to the server: null, a boolean, a number (infinite or NaN where JSON has none), or the text.
 *
 * The rules are those of Go's YAML 1.1 reader, not of any specification: `0120` is octal, `08` is 8, `0b1`, `8_0` and
 * `y` are not text, while dates and base 60 are (B-3).
 */
export function resolvePlain(raw: string): null | boolean | number | string {
  if (raw === '') return null
  if (!MAY_BE_MORE.test(raw)) return raw
  if (raw.length <= LONGEST_WORD && MAY_BE_WORD.test(raw)) {
    const word = WORDS.get(raw)
    if (word !== undefined) return word
  }
  if (!MAY_BE_NUMBER.test(raw) || raw.startsWith('_')) return raw
  if (SHORT_DECIMAL.test(raw)) return Number(raw) + 0 // -0 is 0
  if (ADDRESS.test(raw)) return raw
  const integer = integerOf(raw)
  if (integer !== null) return Number(integer)
  const digits = raw.replaceAll('_', '')
  if (!(raw.startsWith('.') ? LEADING_POINT.test(raw) : FLOAT.test(digits))) return raw
  const float = Number(digits)
  return Number.isFinite(float) ? float : raw
}

/** The exact value of a plain scalar that the server reads as an integer of 64 bits, or null. */
export function integerOf(raw: string): bigint | null {
  if (raw.startsWith('_') || raw.startsWith('.')) return null
  const digits = raw.replaceAll('_', '')
  const match = INTEGER.exec(digits)
  if (match === null) return integerWithLateSign(digits)
  const [, sign, hex, binary, octal, oldOctal, decimal] = match
  const size =
    decimal !== undefined
      ? sizeOf('', decimal)
      : hex !== undefined
        ? sizeOf('0x', hex)
        : binary !== undefined
          ? sizeOf('0b', binary)
          : sizeOf('0o', octal ?? oldOctal ?? '')
  return within(sign === '-' ? -size : size, sign === '')
}

/** A million digits are not worth the time that exact arithmetic would take: no integer of 64 bits has more than 64. */
function sizeOf(prefix: '' | '0x' | '0b' | '0o', digits: string): bigint {
  const significant = digits.replace(/^0+/, '')
  return significant.length > 64 ? 2n ** 65n : BigInt(`${prefix}${significant === '' ? '0' : significant}`)
}

/** Go parses what follows `0b` once more, with a sign if there is one. */
function integerWithLateSign(digits: string): bigint | null {
  const match = SIGN_AFTER_PREFIX.exec(digits)
  if (match === null) return null
  const size = sizeOf('0b', match[2] ?? '')
  return within(match[1] === '-' ? -size : size, false)
}

function within(value: bigint, unsigned: boolean): bigint | null {
  const greatest = unsigned ? 2n ** 64n - 1n : 2n ** 63n - 1n
  return value >= -(2n ** 63n) && value <= greatest ? value : null
}

const CORE_INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/

/** Whether a plain scalar is a number here, but another number or text to a reader of YAML 1.2: `010`, `8_0`, `0b1`. */
export function readsDifferently(raw: string): boolean {
  const value = resolvePlain(raw)
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  return value !== coreNumber(raw)
}

function coreNumber(raw: string): number | null {
  if (CORE_INTEGER.test(raw)) return Number(raw)
  return FLOAT.test(raw) ? Number(raw) : null
}
