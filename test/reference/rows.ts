import type { Certainty } from './certainty.js'
import type { End, Options, Question, ReasonKind } from './evaluate.js'
import { E, E6 } from './world-w.js'

/**
 * One row of section F. A flow is written `y/a > x/a 80 UDP : open deny U`: ends, port (80), protocol (TCP), what
 * egress and ingress say in the words of the document, and the mark, if any.
 */
export interface Row {
  id: string
  objects: object[]
  flows: string[]
  options?: Options
  /** The rules that match, `ns/policy spec.ingress[0]`, where they matter. */
  rules?: string[]
}

export interface Expected {
  question: Question
  egress: ReasonKind
  ingress: ReasonKind
  verdict: 'allow' | 'deny'
  certainty: Certainty
}

const WORDS: [string, ReasonKind][] = [
  ['open', 'not-isolated'],
  ['allow', 'rule-matched'],
  ['deny', 'no-rule-matched'],
  ['n/a', 'not-a-pod'],
  ['self', 'same-pod'],
  ['node', 'own-node'],
  ['host', 'host-network'],
]

function reason(word: string | undefined): ReasonKind {
  for (const [one, kind] of WORDS) if (one === word) return kind
  throw new Error(`no such word: ${word}`)
}

function end(word: string | undefined): End {
  if (word === undefined) throw new Error('no end')
  if (word.includes('/')) return { pod: word }
  if (/^n[0-9]$/.test(word)) return { node: word }
  return { address: word === 'e' ? E : word === 'e6' ? E6 : word }
}

export function readFlow(flow: string): Expected {
  const [asked = '', answer = ''] = flow.split(' : ')
  const [from, , to, ...rest] = asked.split(' ')
  const [egress, ingress, mark] = answer.split(' ')
  const question: Question = { from: end(from), to: end(to), protocol: 'TCP', port: 80 }
  for (const word of rest) {
    if (word === 'TCP' || word === 'UDP' || word === 'SCTP') question.protocol = word
    else if (word === 'IPv4' || word === 'IPv6') question.family = word
    else question.port = Number(word)
  }
  return {
    question,
    egress: reason(egress),
    ingress: reason(ingress),
    verdict: egress === 'deny' || ingress === 'deny' ? 'deny' : 'allow',
    certainty: mark === 'U' ? 'undefined' : mark === 'I' ? 'indeterminate' : 'certain',
  }
}
