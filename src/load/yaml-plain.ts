/** What a document has anywhere if it needs the exact way of reading: aliases are found below, by what stands before. */
const NEEDS_CARE = ['\t', '\\', '?', '<<', '__proto__']

/**
 * What js-yaml may read otherwise than kubectl's reader, or where the exact way has more to check. Each errs on the side
 * of care: text in quotes and in block scalars counts as well.
 */
const MAY_DIFFER = new RegExp(
  [
    // an anchor, an alias or a tag
    String.raw`(?:^|[\s[{,:])[&*!]`,
    // a carriage return that kubectl does not take for the end of a line
    String.raw`\r(?!\n)`,
    // a key that is a number or null, which becomes other text
    String.raw`(?:^|[\s[{,])(?:[-+.0-9~][^\s:#]*|null|Null|NULL):(?:\s|$)`,
    // a number that JSON does not have
    String.raw`\.(?:inf|Inf|INF|nan|NaN|NAN)\b`,
    // an empty list item
    String.raw`(?:^|\s)- *(?:#[^\n]*)?(?:\r?\n|$)`,
    String.raw`(?:^|\s)- +-\s`,
    // a colon in brackets without a blank after it, or before anything else
    String.raw`:[,[\]{}]|[[{,]\s*:`,
    // an entry on the line on which a quoted scalar or a bracket ends
    String.raw`["'\]}] *(?![\s,:\]}#])[^\n]*?:(?:\s|$)|["'\]}] *- `,
    // a block scalar with an indentation indicator
    String.raw`[|>][-+]?[1-9]`,
    // a key longer than kubectl's reader looks for its colon
    String.raw`^[^\n]{1025}`,
  ].join('|'),
  'm',
)

/** Whether js-yaml's reading with our scalars is that of the server, so that the fast way may be taken. */
export function isPlainYaml(text: string): boolean {
  return !NEEDS_CARE.some((part) => text.includes(part)) && !MAY_DIFFER.test(text)
}
