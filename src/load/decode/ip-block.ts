import { covers } from '../../net/ranges.js'
import { parseCidr, toCidrs, type Cidr, type CidrOddity } from '../../net/cidr.js'
import type { Code } from '../../codes/entries.js'
import type { IpBlock } from '../../model/policy.js'
import { asList, asMap, asString, checkKeys, get, isBlank, type Field } from './fields.js'
import { refusal, warning } from './problem.js'
import { blockWithout } from './without-field.js'

const KEYS = { cidr: '', except: '' }

const ODDITIES: Readonly<Record<CidrOddity, readonly [Code, string]>> = {
  'host-bits': ['NP110', 'has bits set beyond the prefix length, which are ignored'],
  'leading-zeros': ['NP111', 'has leading zeros, which are read as decimal'],
  'ipv4-mapped': ['NP112', 'is an IPv4-mapped IPv6 block, which is read as IPv4'],
}

/** Reads an ipBlock; where its cidr is unusable its excepts are not looked at (B-22, B-23). */
export function readIpBlock(field: Field): IpBlock | null {
  const map = asMap(field)
  if (map === null) return null
  checkKeys(map, KEYS, blockWithout)
  const cidrField = get(map, 'cidr')
  if (isBlank(cidrField) || cidrField.value === '') {
    field.report(refusal('NP010', cidrField.path, 'Required value', 'an ipBlock needs a cidr'))
    return null
  }
  const cidr = readCidr(cidrField)
  if (cidr === null) return null
  const except = asList(get(map, 'except')).map((item) => readExcept(item, cidr))
  const holes = except.filter((hole) => hole !== null)
  if (holes.length !== except.length) return null
  if (covers(holes, cidr)) {
    field.report(warning('NP123', field.path, `\`except\` covers all of ${cidr.text}: the block matches no address`))
  }
  return { kind: 'ip-block', cidr, except: holes }
}

function readCidr(field: Field): Cidr | null {
  const text = field.value === null ? '' : asString(field)
  if (text === null) return null
  const parsed = parseCidr(text)
  if ('problem' in parsed) {
    field.report(refusal('NP012', field.path, { invalid: text }, parsed.problem, parsed.help))
    return null
  }
  for (const oddity of parsed.oddities) {
    const [code, words] = ODDITIES[oddity]
    const help = `write ${toCidrs(parsed.cidr).join()}; Kubernetes 1.36 and later refuse the other in new objects`
    field.report(warning(code, field.path, `\`${text}\` ${words}`, help))
  }
  return parsed.cidr
}

/** An except lies strictly inside its cidr: contained, and longer by at least one bit (B-25). */
function readExcept(field: Field, cidr: Cidr): Cidr | null {
  const except = readCidr(field)
  if (except === null) return null
  if (covers([cidr], except) && except.prefix > cidr.prefix) return except
  const detail = 'must be a strict subset of `cidr`'
  field.report(refusal('NP013', field.path, { invalid: except.text }, detail, remedyFor(except, cidr)))
  return null
}

function remedyFor(except: Cidr, cidr: Cidr): string {
  if (except.family !== cidr.family) return `${cidr.text} is ${cidr.family}, so it has no ${except.family} addresses`
  if (covers([except], cidr)) return `the block would match no address; to allow nothing leave the entry out`
  return `${cidr.text} has no address of ${except.text}, so there is nothing to leave out`
}
