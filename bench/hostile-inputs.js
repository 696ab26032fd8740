import { range } from './manifest-parts.js'

/** Inputs of somebody who wants a run never to end, as text: products of two lists each of which is short enough. */
export const HOSTILE_INPUTS = {
  'selectors for all others × pods': (count) => [
    ...pods(count),
    ...range(count, (index) =>
      policy(
        index,
        'app: none',
        `{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [p${index}]}]}}]}`,
      ),
    ),
  ],
  'classes × rules': (count) => [
    ...pods(count),
    policy(0, '', range(count, (index) => `{from: [${labelled(index)}]}`).join()),
  ],
  'classes × policies': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, '', `{from: [${labelled(index)}]}`)),
  ],
  'unknown namespaces × label keys': (count) =>
    range(count, (index) => [
      pod(0, `n${index}`),
      policy(0, '', `{from: [{namespaceSelector: {matchLabels: {k${index}: v}}}]}`, `n${index}`),
    ]).flat(),
  'walks outside × policies': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, `app: p${index}`, '')),
    policy(
      count,
      '',
      `{from: [${range(6 * count, (index) => `{ipBlock: {cidr: 20.${(index >> 8) & 255}.${index & 255}.0/24}}`).join()}]}`,
    ),
  ],
  'ports × entries of a rule': (count) => [
    ...pods(2),
    policy(
      0,
      '',
      `{ports: [${range(Math.min(count, 32_000), (index) => `{port: ${1 + 2 * index}}`).join()}], from: [${range(count, labelled).join()}]}`,
    ),
  ],
  'a policy for each pod': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${labelled(index + 1)}]}`)),
  ],
  'namespaces without policies': (count) => range(count, (index) => pod(0, `n${index}`)),
}

const pods = (count) => range(count, (index) => pod(index))
const labelled = (index) => `{podSelector: {matchLabels: {app: p${index}}}}`

function pod(index, namespace = 'shop') {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p${index}, namespace: ${namespace}, labels: {app: p${index}}}\nspec: {containers: []}\n`
}

function policy(index, labels, rules, namespace = 'shop') {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: np${index}, namespace: ${namespace}}\nspec: {podSelector: {matchLabels: {${labels}}}, ingress: [${rules}]}\n`
}
