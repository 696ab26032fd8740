import { parseArgs } from 'node:util'
import { templateProblem } from './peer/template.js'

/** What the command line of the bench asks for, or what is wrong with it; `names` are the questions that there are. */
export function askedOf(args, names) {
  const options = { quick: { type: 'boolean' }, peer: { type: 'string', multiple: true } }
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const peers = values.peer ?? []
  const unknown = positionals.filter((name) => !names.includes(name))
  if (unknown.length > 0) return { problem: `no question is called ${unknown.join(' or ')}: ${names.join(', ')}` }
  if (positionals.includes('peer') && peers.length === 0) {
    return { problem: 'peer needs to know with what to compare: --peer "PROGRAM ARGUMENTS {dir}"' }
  }
  const wrong = peers.map(templateProblem).find((problem) => problem !== null)
  if (wrong !== undefined) return { problem: `--peer: ${wrong}` }
  const wanted = new Set([...positionals, ...(peers.length > 0 ? ['peer'] : [])])
  const asked = wanted.size > 0 ? [...wanted] : names.filter((name) => name !== 'peer')
  return { asked, peers, quick: values.quick === true }
}
