/** The words of a command template: blanks separate them, except within double quotes. There is no shell. */
function wordsOf(template) {
  const words = template.match(/(?:[^\s"]|"[^"]*")+/g) ?? []
  return words.map((word) => word.replaceAll('"', ''))
}

/** What is wrong with a command template, or null. */
export function templateProblem(template) {
  if (template.split('"').length % 2 === 0) return `a double quote is not closed: ${template}`
  if (wordsOf(template).length === 0) return 'it is empty'
  // Whoever does not read the input has no answer about it
  return template.includes('{dir}') ? null : `{dir} is missing, which stands for the folder to read: ${template}`
}

/** The program and its arguments for an input folder. */
export function commandOf(template, folder) {
  const [program, ...args] = wordsOf(template).map((word) => word.replaceAll('{dir}', () => folder))
  return { program, args }
}
