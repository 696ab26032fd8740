import { file, ingress, pod, policy } from './manifests.js'
import type { Entry } from './entry.js'

const named = (name: string): string => pod('web').replace('name: web,', `name: ${name},`)
const workload = (lines: readonly string[], labels = 'app: web'): string =>
  [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata: { name: web, namespace: shop, labels: { tier: front } }',
    'spec:',
    ...lines.map((line) => `  ${line}`),
    `  template: { metadata: { labels: { ${labels} } } }`,
  ].join('\n')
const MATCHING = 'selector: { matchLabels: { app: web } }'
/** A pod that the workload made. */
const LIVE = [
  'apiVersion: v1',
  'kind: Pod',
  'metadata:',
  '  name: web-7d4b9-x2x1c',
  '  uid: 3f0c1f9e-7d4b',
  "  resourceVersion: '7012'",
  '  namespace: shop',
  '  labels: { app: web, pod-template-hash: 7d4b9 }',
  '  ownerReferences:',
  '    - { apiVersion: apps/v1, kind: Deployment, name: web, controller: true }',
].join('\n')
const OPEN = policy('podSelector: {}', 'ingress: [{}]')
const frontPolicy = (labels: string): string => policy(`podSelector: { matchLabels: { ${labels} } }`)

/** What can be wrong with an object of any kind, and with workloads and namespaces. */
export const OBJECT_CODES = {
  NP007: {
    title: 'the apiVersion is not one that Kubernetes serves for this kind',
    severity: 'error',
    isRefused: true,
    meaning:
      'Kubernetes serves this kind under another apiVersion, or has no such kind. The API server refuses the object, so the policy that somebody counts on is not there.',
    fix: 'Write the apiVersion that the message names. `extensions/v1beta1` went away with Kubernetes 1.16.',
    wrong: file(policy('podSelector: {}').replace('networking.k8s.io/v1', 'extensions/v1beta1')),
    right: file(policy('podSelector: {}')),
  },
  NP008: {
    title: 'the field does not exist',
    severity: 'error',
    meaning:
      'The API does not know the field, which most often is misspelt or stands one level too high or too low. `kubectl apply` refuses it; other clients drop it silently, and a policy without its selector selects every pod, a rule without its `from` allows everybody.',
    fix: 'Write the name that is suggested; case counts. `--lenient` drops the field with a warning, as those clients do.',
    wrong: file(ingress('form:', '  - podSelector: { matchLabels: { app: web } }')),
    right: file(ingress('from:', '  - podSelector: { matchLabels: { app: web } }')),
  },
  NP009: {
    title: 'the value has the wrong type',
    severity: 'error',
    isRefused: true,
    help: 'kubectl explain shows the type of every field, such as kubectl explain networkpolicy.spec',
    meaning:
      'The field holds a number, text, list or map where the API wants another of these, and the API server refuses it. In YAML `on`, `yes`, `no`, `true` and `1.10` are not text unless they are quoted, and one item is not a list.',
    fix: 'Quote what is text: `"on"`. Begin each item of a list with a dash.',
    wrong: file(policy('podSelector: {}', 'policyTypes: Ingress')),
    right: file(policy('podSelector: {}', 'policyTypes: [Ingress]')),
  },
  NP010: {
    title: 'a required value is missing',
    severity: 'error',
    isRefused: true,
    help: 'add the field, or take the entry out',
    meaning: 'A field that the object cannot do without is absent or blank. The API server refuses it.',
    fix: 'Add the field, or take out the entry that needs it.',
    wrong: file(ingress('from:', '  - ipBlock: { except: [10.0.0.0/24] }')),
    right: file(ingress('from:', '  - ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/24] }')),
  },
  NP011: {
    title: 'the name or namespace is not valid',
    severity: 'error',
    isRefused: true,
    help: 'names look like `web-1`; names of objects other than namespaces may have dots as well',
    meaning:
      'Names of objects and namespaces consist of lower-case letters, digits and `-`, and begin and end with a letter or digit; names of objects other than namespaces may have dots as well. The API server refuses others.',
    fix: 'Rename the object, with `-` in place of `_` and small letters.',
    wrong: file(named('Web_1')),
    right: file(named('web-1')),
  },
  NP025: {
    title: 'the same object is defined twice with different content',
    severity: 'error',
    meaning:
      'Two objects of one kind have the same namespace and name and differ. In a cluster the one applied last would win, and nobody can say which that is: most often two overlays were loaded together.',
    fix: 'Name the files of one environment only. Two objects that mean the same are not an error.',
    wrong: file(policy('podSelector: {}'), policy('podSelector: {}', 'ingress: [{}]')),
    right: file(policy('podSelector: {}', 'ingress: [{}]')),
  },
  NP114: {
    title: 'the label kubernetes.io/metadata.name has another value than the name of the namespace',
    severity: 'warning',
    meaning:
      'Every namespace has the label `kubernetes.io/metadata.name`, which the API server sets to the name of the namespace. What the manifest says there never comes into force.',
    fix: 'Remove the label. To select the namespace by something else give it a label of your own.',
    wrong: file(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { kubernetes.io/metadata.name: store }',
    ),
    right: file('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { team: store }'),
  },
  NP124: {
    title: 'the object names no namespace while other namespaces are in use',
    severity: 'warning',
    meaning:
      'An object without a namespace goes where the one who applies it stands. Here it is taken to be in `default`, or in that of `-n`, while other objects name other namespaces; a policy in the wrong namespace protects nobody.',
    fix: 'Write `metadata.namespace`, or choose it with `-n`.',
    wrong: file(pod('web'), pod('db').replace(', namespace: shop', '')),
    right: file(pod('web'), pod('db')),
  },
  NP125: {
    title: 'the selector of the workload does not match its own template',
    severity: 'warning',
    meaning:
      'The selector of a workload must match the labels of its own template, or the API server refuses the workload. Policies look at the labels of the pods, so the template is what counts here.',
    fix: 'Give the template the labels of the selector.',
    wrong: file(workload([MATCHING], 'app: website')),
    right: file(workload([MATCHING])),
  },
  NP126: {
    title: 'the policy selects labels of the workload that its pods do not have',
    severity: 'warning',
    meaning:
      'The policy selects labels that stand in the metadata of the workload but not in its template. Policies select pods, and those have the labels of the template, so this policy selects nothing and protects nobody.',
    fix: 'Select a label of the template, or add the label there.',
    wrong: file(workload([MATCHING]), frontPolicy('tier: front')),
    right: file(workload([MATCHING]), frontPolicy('app: web')),
  },
  NP128: {
    title: 'the live pods of the workload are not what its template would make',
    severity: 'warning',
    meaning:
      'The input has a workload and pods that it made, and the two disagree: a pod lacks a label or a port of the template, or has a label that some policy asks for and the template does not have. Perhaps they were exported at different times, or somebody changed a pod. Where no live pod is what the template would make, the template is evaluated beside the live pods, because the next pods will be like it. A different number of pods, or some pods of an older revision, is only an info.',
    fix: 'Export both at the same time. To evaluate the template alone, leave the pods out.',
    wrong: file(workload([MATCHING]), LIVE.replace('app: web,', 'app: old,'), OPEN),
    right: file(workload([MATCHING]), LIVE, OPEN),
  },
  NP129: {
    title: 'the workload is scaled to zero',
    severity: 'info',
    meaning:
      'The workload runs no pod at present. It is evaluated as if it did, because the policies will apply as soon as it is scaled up.',
    fix: 'Nothing, if that is meant.',
    wrong: file(workload(['replicas: 0', MATCHING])),
    right: file(workload(['replicas: 1', MATCHING])),
  },
} as const satisfies Record<string, Entry>
