/** What is wrong with a text, in the API server's words, or null. */
export type Complaint = string | null

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const DNS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** `metadata.name` of most objects: a DNS-1123 subdomain (B-9). */
export function checkSubdomain(text: string): Complaint {
  if (text.length > 253) return 'must be no more than 253 characters'
  return DNS_SUBDOMAIN.test(text)
    ? null
    : 'must be lower-case letters, digits, `-` and `.`, each part with a letter or digit at both ends'
}

/** Names of namespaces: a DNS-1123 label (B-10). */
export function checkDnsLabel(text: string): Complaint {
  if (text.length > 63) return 'must be no more than 63 characters'
  return DNS_LABEL.test(text) ? null : 'must be lower-case letters, digits and `-`, with a letter or digit at both ends'
}

/** A label key: an optional prefix and a name (B-30). */
export function checkLabelKey(key: string): Complaint {
  const parts = key.split('/')
  if (parts.length > 2) return 'must have at most one `/`'
  const name = parts.at(-1) ?? ''
  if (parts.length === 2) {
    if (parts[0] === '') return 'the prefix must not be empty'
    const prefix = checkSubdomain(parts[0] ?? '')
    if (prefix !== null) return `the prefix ${prefix}`
  }
  if (name === '') return 'the name must not be empty'
  if (name.length > 63) return 'the name must be no more than 63 characters'
  return LABEL_VALUE.test(name)
    ? null
    : 'the name must be letters, digits, `-`, `_` and `.`, with a letter or digit at both ends'
}

/** A label value (B-31). */
export function checkLabelValue(value: string): Complaint {
  if (value.length > 63) return 'must be no more than 63 characters'
  return LABEL_VALUE.test(value)
    ? null
    : 'must be letters, digits, `-`, `_` and `.`, with a letter or digit at both ends'
}

/** The name of a container port (B-14): every rule that it breaks. */
export function checkPortName(name: string): readonly string[] {
  if (name === '') return ['must not be empty']
  return [
    name.length > 15 ? 'must be no more than 15 characters' : null,
    /^[-a-z0-9]*$/.test(name) ? null : 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    /[a-z]/.test(name) ? null : 'must contain at least one letter (a-z)',
    name.includes('--') ? 'must not contain consecutive hyphens' : null,
    /^-|-$/.test(name) ? 'must not begin or end with a hyphen' : null,
  ].filter((complaint) => complaint !== null)
}
