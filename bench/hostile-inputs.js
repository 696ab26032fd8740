import { HOSTILE_ADDRESSES } from './hostile-addresses.js'
import { having, labelled, pod, pods, policy } from './hostile-parts.js'
import { range } from './manifest-parts.js'
import { randomFrom } from './random.js'

/** Inputs of somebody who wants a run never to end, as text: products of two lists each of which is short enough. */
export const HOSTILE_INPUTS = {
  'selectors for all others × pods': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, 'app: none', `{from: [${others(index)}]}`)),
  ],
  'pods that policies name × pods for all but one': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${others(index)}]}`)),
  ],
  'keys that pods have × pods': (count) => [
    ...pods(count, (index) => ({ more: `, k${index}: v` })),
    ...range(count, (index) =>
      policy(
        index,
        `app: p${index}`,
        `{from: [{podSelector: {matchExpressions: [{key: k${index + 1}, operator: Exists}]}}]}`,
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
  'two halves by either label': (count) => [
    ...pods(count, (index) => ({ more: `, a: ${index % 2}, b: ${(index >> 1) % 2}` })),
    ...range(count, (index) =>
      policy(
        index,
        `app: p${index}`,
        `{from: [${having(`a: ${index % 2}`)}, ${having(`b: ${(index >> 1) % 2}`)}], ports: [{port: ${1 + (index % 65535)}}]}`,
      ),
    ),
  ],
  'unknown namespaces × label keys': (count) =>
    range(count, (index) => [
      pod(0, { namespace: `n${index}` }),
      policy(0, '', `{from: [{namespaceSelector: {matchLabels: {k${index}: v}}}]}`, `n${index}`),
    ]).flat(),
  'namespaces × selectors of them': (count) =>
    range(count, (index) => [
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: n${index}, labels: {k: v${index}}}\n`,
      pod(0, { namespace: `n${index}` }),
      policy(0, '', `{from: [{namespaceSelector: {matchLabels: {k: v${index + 1}}}}]}`, `n${index}`),
    ]).flat(),
  'namespaces without policies': (count) => range(count, (index) => pod(0, { namespace: `n${index}` })),
  'a policy for each pod': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${labelled(index + 1)}]}`)),
  ],
  'ports × entries of a rule': (count) => [
    ...pods(2),
    policy(
      0,
      '',
      `{ports: [${range(Math.min(count, 32_000), (index) => `{port: ${1 + 2 * index}}`).join()}], from: [${range(count, labelled).join()}]}`,
    ),
  ],
  'lists of ports of each pod': (count) => {
    const random = randomFrom(53)
    return [
      ...pods(count),
      ...range(count, (index) => policy(index, `app: p${index}`, `{ports: [${somePorts(random)}]}`)),
    ]
  },
  'lists of ports × holders of labels': (count) => {
    const random = randomFrom(59)
    return [
      ...pods(count, (index) => ({ more: range(10, (bit) => `, b${bit}: ${(index >> bit) & 1}`).join('') })),
      ...range(count, (index) =>
        policy(
          index,
          `b${index % 10}: ${(index >> 4) & 1}`,
          `{ports: [${somePorts(random)}], from: [${having(`b${(index * 7) % 10}: ${(index >> 5) & 1}`)}]}`,
        ),
      ),
    ]
  },
  'ranges of ports in each other': (count) => [
    ...pods(count),
    ...range(count, (index) =>
      policy(
        index,
        `app: p${index}`,
        `{ports: [{port: ${1 + (index % 30_000)}, endPort: ${65535 - (index % 30_000)}}]}`,
      ),
    ),
  ],
  'ports of one name × pods': (count) => [
    ...range(count, (index) =>
      pod(index).replace('image: i', `image: i, ports: [{name: http, containerPort: ${1 + (index % 65535)}}]`),
    ),
    policy(0, '', '{ports: [{port: http}]}'),
  ],
  'Services for all pods': (count) => [
    ...pods(count),
    ...range(
      count,
      (index) =>
        `apiVersion: v1\nkind: Service\nmetadata: {name: s${index}, namespace: shop}\nspec: {type: NodePort, selector: {app: p${index}}, ports: [{port: 80, targetPort: ${1 + (index % 65535)}}]}\n`,
    ),
    policy(0, '', '{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}'),
  ],
  ...HOSTILE_ADDRESSES,
}

const others = (index) => `{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [p${index}]}]}}`
const somePorts = (random) => range(40, () => `{port: ${1 + random.below(65535)}}`).join()
