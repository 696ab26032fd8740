import type { Code } from '../model/codes.js'

/** What to do about a refusal that has no better advice of its own. */
const HELP: Partial<Readonly<Record<Code, string>>> = {
  NP009: 'kubectl explain shows the type of every field, such as kubectl explain networkpolicy.spec',
  NP010: 'add the field, or take the entry out',
  NP011: 'names look like `web-1`; names of objects other than namespaces may have dots as well',
  NP012: 'write the block of addresses that is meant, such as 10.0.0.0/8',
  NP017: 'write the port that the pods listen on',
  NP019: '`port: 8000` with `endPort: 8100` opens the ports from 8000 to 8100; a single port needs no endPort',
  NP020: 'label keys look like `app` or `example.com/app`',
  NP021: 'label values look like `web-1`; an empty one is written ""',
  NP023: 'In and NotIn need `values: [a, b]`; Exists and DoesNotExist have none',
  NP024: 'write `policyTypes: [Ingress]`, `[Egress]` or `[Ingress, Egress]`',
  NP026: 'a port of a container looks like `{name: http, containerPort: 8080, protocol: TCP}`',
  NP034: 'a port of a Service looks like `{name: http, port: 80, targetPort: 8080, protocol: TCP}`',
}

/** The advice for a code, or null. */
export function defaultHelp(code: Code): string | null {
  return HELP[code] ?? null
}
