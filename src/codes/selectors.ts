import { file, ingress, pod, policy } from './manifests.js'
import type { Entry } from './entry.js'

const labels = (label: string): string => policy('podSelector:', `  matchLabels: { ${label} }`)
const expression = (fields: string): string => policy('podSelector:', `  matchExpressions: [{ ${fields} }]`)
const DB = pod('db')

/** What can be wrong with labels and the selectors that look for them. */
export const SELECTOR_CODES = {
  NP020: {
    title: 'the label key is not valid',
    severity: 'error',
    isRefused: true,
    help: 'label keys look like `app` or `example.com/app`',
    meaning:
      'The key of a label is a name of at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, and before it at most one prefix with a slash: `example.com/app`. The API server refuses others.',
    fix: 'Correct the key.',
    wrong: file(labels('shop/orders/app: db'), DB),
    right: file(labels('app: db'), DB),
  },
  NP021: {
    title: 'the label value is not valid',
    severity: 'error',
    isRefused: true,
    help: 'label values look like `web-1`; an empty one is written ""',
    meaning:
      'The value of a label is empty or has at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends. There are no wildcards and no patterns. The API server refuses others.',
    fix: 'Write the value as the pods have it. For any value use an expression with the operator `Exists`.',
    wrong: file(labels('app: "*"'), DB),
    right: file(expression('key: app, operator: Exists'), DB),
  },
  NP022: {
    title: 'the selector operator is not valid',
    severity: 'error',
    isRefused: true,
    meaning:
      'The operators of a selector are `In`, `NotIn`, `Exists` and `DoesNotExist`, written like that. `Gt` and `Lt` exist for nodes only. The API server refuses others.',
    fix: 'Write one of the four.',
    wrong: file(expression('key: app, operator: in, values: [db]'), DB),
    right: file(expression('key: app, operator: In, values: [db]'), DB),
  },
  NP023: {
    title: 'the selector values do not fit the operator',
    severity: 'error',
    isRefused: true,
    help: 'In and NotIn need `values: [a, b]`; Exists and DoesNotExist have none',
    meaning:
      '`In` and `NotIn` need at least one value to compare with, `Exists` and `DoesNotExist` take none. The API server refuses the rest.',
    fix: 'Add the values, or take them out.',
    wrong: file(expression('key: app, operator: In'), DB),
    right: file(expression('key: app, operator: In, values: [db]'), DB),
  },
  NP113: {
    title: 'a blank label value selects only the empty value',
    severity: 'warning',
    meaning:
      'A label with nothing behind its colon is a null, which Kubernetes takes for the empty value. A selector with it matches only pods whose label is there and empty, which hardly any are.',
    fix: 'Write the value. If the empty one is meant write `""`; for any value use an expression with the operator `Exists`.',
    wrong: file(labels('app: '), DB.replace('app: db', 'app: ""')),
    right: file(labels('app: db'), DB),
  },
  NP115: {
    title: 'the policy selects no pod',
    severity: 'warning',
    meaning:
      'No pod of the namespace of the policy has the labels that it selects, or for a policy of the cluster no pod at all, so it protects nobody. That may be right while the pods are not in the input; else a label is misspelt, or the policy is in the wrong namespace.',
    fix: 'Compare the selector with the labels of the pods, and the namespace of the policy with theirs.',
    wrong: file(labels('app: database'), DB),
    right: file(labels('app: db'), DB),
  },
  NP116: {
    title: 'the selector can never match',
    severity: 'warning',
    meaning:
      'The requirements of a selector must all hold, and these exclude each other: no pod can have a label and not have it, or two values of it. The selector is legal and matches nothing.',
    fix: 'Several values of one label go into one expression: `{ key: app, operator: In, values: [web, api] }`.',
    wrong: file(
      ingress(
        'from:',
        '  - podSelector:',
        '      matchExpressions:',
        '        - { key: app, operator: In, values: [web] }',
        '        - { key: app, operator: In, values: [api] }',
      ),
    ),
    right: file(
      ingress(
        'from:',
        '  - podSelector:',
        '      matchExpressions:',
        '        - { key: app, operator: In, values: [web, api] }',
      ),
    ),
  },
} as const satisfies Record<string, Entry>
