/** A command line without what names its inputs, so that others can be put in their place; `paths` stand as arguments. */
export function withoutInputs(argv: readonly string[], paths: readonly string[]): readonly string[] {
  const words: string[] = []
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    if (word === '-f' || word === '--filename') at += 1
    else if (!/^(?:--filename=|-f.)/.test(word) && !paths.includes(word)) words.push(word)
  }
  return words
}
