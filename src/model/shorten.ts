const LONGEST_WORD = 300
const LONGEST_TEXT = 3000

/**
 * Keeps what messages quote from the input readable: a word or a text that is longer than anybody would read is cut in its
 * middle. Only an attacker, or a mistake, writes a key of a megabyte.
 */
export function shorten(text: string): string {
  if (text.length <= LONGEST_WORD) return text
  const words = text.replace(/[^\s`]{301,}/g, (word) => cut(word, LONGEST_WORD))
  return words.length <= LONGEST_TEXT ? words : cut(words, LONGEST_TEXT)
}

function cut(text: string, length: number): string {
  const tail = Math.floor(length / 5)
  const head = length - tail
  return `${text.slice(0, head)}… (${text.length - length} more characters) …${text.slice(-tail)}`
}
