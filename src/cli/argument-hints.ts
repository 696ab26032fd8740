/** What to write instead, where a command line is one that people often try; null for any other mistake. */
export function hintFor(argv: readonly string[], message: string): string | null {
  const [command = ''] = argv
  if (/unknown option '-k/.test(message)) {
    return `render the kustomization first: kubectl kustomize DIR | netpol-sim ${command} -f - …`
  }
  if (command === 'check' && message.includes('missing required argument')) return missingPeers(message)
  if (command === 'check' && message.includes('too many arguments')) return tooManyPeers(argv)
  return null
}

function missingPeers(message: string): string {
  return [
    message.includes("'from'")
      ? 'name both ends of the connection, for example'
      : 'name the other end, too, for example',
    '    netpol-sim check -f k8s/ shop/web shop/db:5432',
    '    netpol-sim check -f k8s/ internet shop/web:443',
  ].join('\n')
}

/** More than two peers are mostly files: the shell has put them in the place of a glob. */
function tooManyPeers(argv: readonly string[]): string | null {
  const after = argv.findIndex((word) => word === '-f' || word === '--filename')
  const files = after === -1 ? [] : argv.slice(after + 1).filter((word) => /\.(ya?ml|json)$/i.test(word))
  if (files.length < 2) return 'a peer is one word: quote it if it has blanks'
  const rest = argv.slice(after + 1).filter((word) => !files.includes(word) && !word.startsWith('-'))
  const [from = 'FROM', to = 'TO'] = rest.slice(-2)
  return `the shell expanded a glob, and -f takes one path: give the folder, as in netpol-sim check -f ${folderOf(files)} ${from} ${to}`
}

/** The folder that all of these files are in. */
function folderOf(files: readonly string[]): string {
  const folders = files.map((file) => file.split('/').slice(0, -1))
  const [first = []] = folders
  const shared = first.filter((_, index) =>
    folders.every((folder) => folder.slice(0, index + 1).join('/') === first.slice(0, index + 1).join('/')),
  )
  return shared.length > 0 ? `${shared.join('/')}/` : '.'
}
