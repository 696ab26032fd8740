import type { IpBlock, Placed } from '../../model/policy.js'
import type { Path } from '../../model/source.js'
import { parseCidr, type Cidr } from '../../net/cidr.js'
import { asString, type Field } from './fields.js'
import { presentList } from './bounded-list.js'
import { refusal, shortPath, warning, type Problem } from './problem.js'

/** So many entries, and characters of one, a list of networks or names may have in both versions of the API (C-37, C-38). */
const MOST = 25
const LONGEST = 43

/** Reads `networks` as blocks, one for each entry; `at` is where the peer stands in its rule (C-16, C-37). */
export function readNetworks(field: Field, at: Path): readonly (IpBlock & Placed)[] {
  const help = 'write the blocks of addresses, such as `networks: [10.0.0.0/8]`'
  return readSet(field, 'NP048', help, (item, text, index): readonly (IpBlock & Placed)[] => {
    const cidr = readNetwork(item, text)
    return cidr === null ? [] : [{ kind: 'ip-block', cidr, except: [], at: [...at, 'networks', index] }]
  })
}

/** A block as CEL takes it: no IPv4-mapped one, no leading zeros, but bits beyond its prefix (C-37). */
function readNetwork(field: Field, text: string): Cidr | null {
  const refuse = (detail: string, help: string | null = null): null => {
    field.report(refusal('NP048', field.path, { invalid: text }, detail, help))
    return null
  }
  if (text.length > LONGEST) return refuse(`may not be more than ${LONGEST} bytes`)
  const parsed = parseCidr(text)
  if ('problem' in parsed) return refuse(`Invalid CIDR: ${parsed.problem}`, parsed.help)
  if (parsed.oddities.includes('leading-zeros')) return refuse('Invalid CIDR: it has leading zeros')
  if (parsed.oddities.includes('ipv4-mapped'))
    return refuse('Invalid CIDR: it is an IPv4-mapped IPv6 block', 'write it as IPv4')
  if (parsed.oddities.includes('host-bits')) {
    const message = `\`${text}\` has bits set beyond the prefix length, which are ignored`
    field.report(warning('NP110', field.path, `${shortPath(field.path)}: ${message}`))
  }
  return parsed.cidr
}

/** Reads `domainNames`, in lower case and without a final dot (C-18, C-38). */
export function readDomainNames(field: Field): readonly string[] {
  return readSet(field, 'NP049', 'write the host names, such as `domainNames: ["*.example.com"]`', (item, text) => {
    if (isDomainName(text)) return [text.toLowerCase().replace(/\.$/, '')]
    const detail = 'must be a host name of at least two labels, or `*.` and such a name'
    item.report(refusal('NP049', item.path, { invalid: text }, detail))
    return []
  })
}

/** Whether a text is a host name with an optional `*.` in front and dot at its end; one label alone is none (C-38). */
function isDomainName(text: string): boolean {
  const labels = text.replace(/^\*\./, '').replace(/\.$/, '').split('.')
  return labels.length > 1 && labels.every((label) => /^[a-z0-9](?:[-a-z0-9_]*[a-z0-9])?$/i.test(label))
}

/** Reads the texts of a list in which each may stand once. */
function readSet<Item>(
  field: Field,
  code: Problem['code'],
  help: string,
  read: (item: Field, text: string, index: number) => readonly Item[],
): readonly Item[] {
  const seen = new Set<string>()
  return presentList(field, MOST, help).flatMap((item, index) => {
    const text = item.value === null ? '' : asString(item)
    if (text === null) return []
    if (seen.has(text)) {
      const message = `${shortPath(item.path)}: Duplicate value: \`${text}\``
      item.report({ code, severity: 'error', path: item.path, at: 'value', message, help: null })
      return []
    }
    seen.add(text)
    return read(item, text, index)
  })
}
