import { file, ingress, pod, policy } from './manifests.js'
import type { Entry } from './entry.js'

const shopPolicy = (...lines: readonly string[]): string =>
  ['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy', ...lines].join('\n')

/** What can be wrong with the text of a manifest, before anybody asks what it means. */
export const TEXT_CODES = {
  NP002: {
    title: 'the text is not clean UTF-8',
    severity: 'error',
    meaning:
      'Manifests are UTF-8 text. These bytes are in another encoding, or there is a control character among them, which YAML does not allow. An editor may show it as a box, or not at all.',
    fix: 'Remove the character at the place named, or save the file as UTF-8.',
    wrong: file(pod('web').replace('kind: Pod', 'kind: Pod # \u0007')),
    right: file(pod('web')),
  },
  NP003: {
    title: 'the document is not valid YAML or JSON',
    severity: 'error',
    meaning:
      'The text cannot be parsed, so kubectl could not send it either. Other documents of the same file are read all the same, but there is no answer: what this one says is not known.',
    fix: 'Mend the line. The usual causes are an indentation unlike that of the lines around it, a tab, a missing blank after a colon, a quote or a bracket that is never closed.',
    wrong: file(shopPolicy('metadata: { name: db, namespace: shop', 'spec: { podSelector: {} }')),
    right: file(shopPolicy('metadata: { name: db, namespace: shop }', 'spec: { podSelector: {} }')),
  },
  NP004: {
    title: 'duplicate key in a mapping',
    severity: 'error',
    meaning:
      'A key may stand in a mapping only once. kubectl does not complain: it keeps the last and loses the first without a word, so rules of which nobody knows are missing in the cluster.',
    fix: 'Make one of the two, or remove one. `--lenient` reads it as kubectl does, with a warning.',
    wrong: file(
      policy('podSelector: {}', 'ingress:', '  - ports: [{ port: 80 }]', 'ingress:', '  - ports: [{ port: 443 }]'),
    ),
    right: file(policy('podSelector: {}', 'ingress:', '  - ports: [{ port: 80 }]', '  - ports: [{ port: 443 }]')),
  },
  NP005: {
    title: 'the document is too deep, too large or refers to itself',
    severity: 'error',
    meaning:
      'The document is nested more deeply than anything real, has lists in lists in lists, grows out of all proportion through its aliases, or holds itself. Reading it would take memory without end.',
    fix: 'Write out what the alias stands for.',
    wrong: file(policy('podSelector: &all', '  matchLabels: *all')),
    right: file(policy('podSelector: {}')),
  },
  NP006: {
    title: 'two YAML readers would read this differently',
    severity: 'error',
    meaning:
      'YAML readers do not agree on what stands here: the one in the cluster and others take it for different things, or the cluster ignores a part of it. Whatever we took it for could be wrong somewhere.',
    fix: 'Write it the plain way, as the help of the message says: documents apart by `---` on a line of its own, no tags, no directives, no odd line ends.',
    wrong: file(policy('podSelector: {}') + '\n...\n' + pod('web')),
    right: file(policy('podSelector: {}'), pod('web')),
  },
  NP122: {
    title: 'YAML 1.1 and 1.2 read this number differently',
    severity: 'warning',
    meaning:
      'Kubernetes reads numbers as YAML 1.1 does, where a leading zero means octal and `_` may group digits. YAML 1.2, which most editors and linters follow, reads another number. The answer here is that of a cluster.',
    fix: 'Write the number as people read it, without the zero or the `_`.',
    wrong: file(ingress('ports:', '  - port: 0120')),
    right: file(ingress('ports:', '  - port: 80')),
  },
  NP130: {
    title: 'the text has invisible or direction-changing characters',
    severity: 'warning',
    meaning:
      'There is a character that is invisible or that makes text run the other way, such as a zero-width space pasted from a web page. Two names that look alike are then not the same, which can also be done on purpose.',
    fix: 'Remove it, or write it as an escape in a double-quoted string if it is meant.',
    wrong: file(pod('web').replace('kind: Pod', 'kind: Pod # the\u200bweb')),
    right: file(pod('web').replace('kind: Pod', 'kind: Pod # the web')),
  },
} as const satisfies Record<string, Entry>
