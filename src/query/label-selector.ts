import type { Requirement, Selector } from '../model/labels.js'
import { misworded, ok, type Result } from './question-error.js'

const KEY = String.raw`[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?`
const VALUE = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?`
const EQUALITY = new RegExp(String.raw`^(${KEY})\s*(==|=|!=)\s*(${VALUE})$`)
const SET = new RegExp(String.raw`^(${KEY})\s+(in|notin)\s+\(([^()]*)\)$`)
const EXISTENCE = new RegExp(String.raw`^(!?)\s*(${KEY})$`)

/** Reads a label selector as `kubectl -l` does: `app=web,tier!=back`, `env in (a, b)`, `!canary`. */
export function parseLabelSelector(text: string): Result<Selector> {
  const requirements: Requirement[] = []
  for (const part of text.split(/,(?![^(]*\))/)) {
    const requirement = parseRequirement(part.trim())
    if (requirement === null)
      return misworded(
        `\`${part === '' ? text : part}\` is not a label selector`,
        'write it as for kubectl -l: app=web,tier!=back',
      )
    requirements.push(requirement)
  }
  return ok({ requirements })
}

function parseRequirement(text: string): Requirement | null {
  const [, key = '', operator, value = ''] = EQUALITY.exec(text) ?? []
  if (operator !== undefined) return { key, operator: operator === '!=' ? 'NotIn' : 'In', values: [value] }
  const [, setKey = '', word, list = ''] = SET.exec(text) ?? []
  if (word !== undefined) {
    return { key: setKey, operator: word === 'in' ? 'In' : 'NotIn', values: list.split(',').map((item) => item.trim()) }
  }
  const [, not, name = ''] = EXISTENCE.exec(text) ?? []
  return not === undefined ? null : { key: name, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: [] }
}
