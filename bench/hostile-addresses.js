import { address, around, block, labelled, livePod, pod, pods, policy } from './hostile-parts.js'
import { range } from './manifest-parts.js'

const onHost = (index) => `, hostNetwork: true, nodeName: n${index}`

/** Hostile inputs whose policies have blocks of addresses, or whose pods are on the networks of hosts. */
export const HOSTILE_ADDRESSES = {
  'walks outside × policies': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, `app: p${index}`, '')),
    policy(
      count,
      '',
      `{from: [${range(6 * count, (index) => block(`20.${(index >> 8) & 255}.${index & 255}.0/24`)).join()}]}`,
    ),
  ],
  'pods with a block each': (count) => [
    ...pods(count, (index) => ({ addresses: [address(index)] }), livePod),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${block(`${address(index + 1)}/32`)}]}`)),
  ],
  'pods with two addresses × blocks of both families': (count) => [
    ...pods(count, (index) => ({ addresses: [address(index), `fd00::${index.toString(16)}`] }), livePod),
    ...range(count, (index) =>
      policy(
        index,
        `app: p${index}`,
        `{from: [${block(`${address(index + 1)}/32`)}, ${block(`'fd00::${(index + 2).toString(16)}/128'`)}]}`,
      ),
    ),
  ],
  'pods × exceptions of one block': (count) => [
    ...pods(count, (index) => ({ addresses: [address(index)] }), livePod),
    policy(
      0,
      '',
      `{from: [${block(
        '10.0.0.0/8',
        range(count, (index) => `${address(2 * index)}/32`),
      )}]}`,
    ),
  ],
  'unknown addresses × blocks': (count) => [
    ...pods(count),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${block(around(index))}]}`)),
  ],
  'unknown addresses × blocks with exceptions': (count) => [
    ...pods(count),
    ...range(count, (index) =>
      policy(index, `app: p${index}`, `{from: [${block('10.0.0.0/8', [around(index)])}, ${labelled(index + 1)}]}`),
    ),
  ],
  'pods on networks of hosts': (count) => [
    ...pods(count, (index) => ({ spec: onHost(index) })),
    policy(0, '', `{from: [${block('10.0.0.0/8')}]}`),
  ],
  'half on networks of hosts × policies': (count) => [
    ...pods(count, (index) => ({ spec: index % 2 === 0 ? onHost(index) : '' })),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${labelled(index + 1)}]}`)),
  ],
  'networks of hosts × blocks': (count) => [
    ...range(count, (index) => pod(index, { spec: onHost(index) })),
    ...range(count, (index) => policy(index, `app: p${index}`, `{from: [${block(around(index))}]}`)),
  ],
}
