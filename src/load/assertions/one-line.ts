import type { ExpectAssertion, Words } from '../../model/assertion.js'
import { closest } from '../../model/closest.js'
import { Mistake } from './keys.js'

const FORM = 'write `allow FROM -> TO:PORT` or `deny FROM -> TO`'

/** Reads `allow shop/web -> shop/api:8080`, a test that is its own name. */
export function oneLineTest({ text, place }: Words): ExpectAssertion {
  const [, verdict = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(text.trim()) ?? []
  const [from = '', to = '', ...more] = rest.split(/\s*->\s*/)
  if (verdict !== 'allow' && verdict !== 'deny') {
    const meant = closest(verdict, ['allow', 'deny'])
    throw new Mistake(place, `\`${text}\` is not a test`, meant === null ? FORM : `did you mean \`${meant}\`? ${FORM}`)
  }
  if (from === '' || to === '' || more.length > 0) throw new Mistake(place, `\`${text}\` is not a test`, FORM)
  return {
    kind: 'expect',
    name: text.trim().replace(/\s+/g, ' '),
    place,
    why: null,
    from: [{ text: from.trim(), place }],
    to: [{ text: to.trim(), place }],
    ports: null,
    expect: verdict,
    deniedBy: null,
    except: [],
    certainty: null,
    knownGap: null,
  }
}
