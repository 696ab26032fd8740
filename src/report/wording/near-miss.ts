import type { MissScope, NearMiss } from '../../analyze/near-miss.js'
import type { PeerMiss } from '../../analyze/peer-miss.js'
import type { PortMiss } from '../../analyze/port-miss.js'
import type { Direction } from '../../model/direction.js'
import { MAX_PORT, type Protocol } from '../../model/protocol.js'
import type { Requirement } from '../../model/labels.js'
import { PEER_FIELD, type PortRange } from '../../model/policy.js'
import { formatAddress, type Address } from '../../net/address.js'
import { toCidrs } from '../../net/cidr.js'
import { cidrsText } from '../cidrs-text.js'
import { few } from '../short-ids.js'

/** Says in one line what a rule lacked; `peerName` and `asked` are the far end and the port as the reader knows them. */
export function describeMiss(
  { rule, action, direction, peer, entry, port, morePorts, scope }: NearMiss,
  peerName: string,
  asked: string,
): string {
  if (rule === null) return `has no ${direction} rules`
  const parts = [
    ...(peer.length === 0 ? [] : [`${entryText(entry, direction)} wants ${describePeer(peer, peerName)}`]),
    ...(port.length === 0 ? [] : [`${DOES[action]} ${describePorts(port, morePorts, asked)}`]),
  ]
  return `${scope === null ? '' : `${scopeText(scope)}: `}${parts.join('; ')}`
}

function entryText(entry: NearMiss['entry'], direction: Direction): string {
  if (entry === null) return 'peer'
  const { index, of, looked } = entry
  const among = of > looked ? `the first ${looked} of ${of}` : String(of)
  return `${PEER_FIELD[direction]}[${index}]${of === 1 ? '' : ` (nearest of ${among})`}`
}

function scopeText({ family, ranges }: MissScope): string {
  return ranges.length === 0 ? `over ${family ?? 'either family'}` : `for ${cidrsText(ranges.flatMap(toCidrs))}`
}

/** Says of each of the other entries of a rule what failed, in their order. */
export function describeOthers({ others, direction }: NearMiss, peerName: string): readonly OtherEntry[] {
  return others.map(({ index, misses }) => ({
    peer: `${PEER_FIELD[direction]}[${index}]`,
    message: `wants ${describePeer(misses, peerName)}`,
  }))
}

interface OtherEntry {
  readonly peer: string
  readonly message: string
}

/** One address, or several that the reader has just been told. */
function addressText(address: Address | null): string {
  return address === null ? 'these addresses are' : `${formatAddress(address)} is`
}

function describePeer(misses: readonly PeerMiss[], peerName: string): string {
  const labels = misses.flatMap((miss) => (miss.kind === 'pod-label' ? [miss] : []))
  const others = misses.filter((miss) => miss.kind !== 'pod-label').map((miss) => describeOther(miss, peerName))
  const byLabel =
    labels.length === 0
      ? []
      : [
          `${labels.map(({ wants }) => requirementText(wants)).join(' and ')}, ${peerName} has ${labels
            .map(({ wants, found, known }) =>
              known ? foundText(wants.key, found) : `a ${wants.key} that a controller sets`,
            )
            .join(' and ')}${whereLabelsAre(labels)}`,
        ]
  return [...others, ...byLabel].join('; and ')
}

function describeOther(miss: Exclude<PeerMiss, { kind: 'pod-label' }>, peerName: string): string {
  switch (miss.kind) {
    case 'namespace-label':
      return miss.known
        ? `a namespace with ${requirementText(miss.wants)}, namespace ${miss.namespace} has ${foundText(miss.wants.key, miss.found)}${whereNamespaceLabelIs(miss)}`
        : `a namespace with ${requirementText(miss.wants)}, and the labels of namespace ${miss.namespace} are unknown`
    case 'other-namespace':
      return `a pod of the policy's namespace ${miss.wants}, ${peerName} is in ${miss.found}`
    case 'not-a-pod':
      return `pods by label, and ${peerName} is not a pod`
    case 'host-network':
      return `pods by label, and ${peerName} is on its host's network`
    case 'outside-block':
      return `${miss.block}, ${addressText(miss.address)} outside`
    case 'excepted':
      return `no address of except[${miss.except}] ${miss.block}, and ${addressText(miss.address)} excluded by it`
    case 'other-family':
      return `${miss.block}, and the connection is over ${miss.families.join(' or ')}`
    case 'address-unknown':
      return miss.excepts.length === 0
        ? `${miss.block}, and the address of ${peerName} is not in the input`
        : `${miss.block} except ${few(miss.excepts)}, and the address of ${peerName} is not in the input; an except may cut it off`
    case 'not-a-node':
      return `nodes by label, and ${peerName} is not a node`
    case 'node-label':
      return `a node with ${requirementText(miss.wants)}, node ${miss.node} has ${foundText(miss.wants.key, miss.found)}`
    case 'node-unknown':
      return `nodes by label, and the labels of the node of ${peerName} are not in the input`
    case 'host-name':
      return `the host names ${few(miss.names)}${NAMES_OF[miss.who](peerName)}`
    case 'unknown-peer':
      return 'a kind of peer that is not known, which matches nothing'
    case 'pods-never':
      return `${miss.block}, and blocks are taken to match no pod`
  }
}

const NAMES_OF = {
  host: (name: string) => `, ${name} is another`,
  pod: (name: string) => `, and ${name} is a pod of the cluster`,
  address: (name: string) => `, and which names ${name} has is not in the input`,
} as const

/** Where the labels that a pod lacks may be, or come from. */
function whereLabelsAre(labels: readonly Extract<PeerMiss, { kind: 'pod-label' }>[]): string {
  const it = labels.length === 1 ? 'it' : 'them'
  if (labels.every(({ namespaceHas }) => namespaceHas)) return ` (its namespace has ${it}, the pod has not)`
  if (labels.every(({ isStray }) => isStray)) {
    const place = labels.length === 1 ? 'it stands' : 'they stand'
    return ` (${place} one level too high, in \`template.labels\` instead of \`template.metadata.labels\`)`
  }
  const owner = labels[0]?.ownerHas ?? null
  if (owner !== null && labels.every(({ ownerHas }) => ownerHas === owner)) {
    return ` (the ${owner} has ${it}, its pod template has not)`
  }
  const same = labels.filter(({ asOwnPods }) => asOwnPods)
  if (same.length === 0) return ''
  const keys = same.map(({ wants }) => `\`${wants.key}\``).join(' and ')
  return ` (the policy asks its own pods for ${keys} as well; kustomize adds its labels to peers, too)`
}

function whereNamespaceLabelIs({ elsewhere, podHas }: Extract<PeerMiss, { kind: 'namespace-label' }>): string {
  if (podHas) return ' (the pod has it, its namespace has not)'
  return elsewhere === null ? '' : `; it has \`${elsewhere}\``
}

/** `app=web`, `app in (a, b)`. */
export function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0] ?? ''}` : `${key} in (${values.join(', ')})`
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0] ?? ''}` : `${key} notin (${values.join(', ')})`
    case 'Exists':
      return `the label ${key}`
    case 'DoesNotExist':
      return `no label ${key}`
  }
}

function foundText(key: string, found: string | null): string {
  return found === null ? `no label \`${key}\`` : `${key}=${found}`
}

const DOES = { accept: 'allows', deny: 'denies', pass: 'passes on' } as const

function describePorts(misses: readonly PortMiss[], more: number, asked: string): string {
  const wanted = misses.map((miss) => describePort(miss)).join(', ')
  return `${more > 0 ? `${wanted} and ${more} more` : wanted}, you asked for ${asked}`
}

const NO_NAME = {
  undeclared: 'which the pod does not declare',
  'init-container': 'which only an init container of the pod declares, and those do not count',
  outside: 'a name, which means nothing outside a pod',
  'host-network': "a name, and names are not resolved for a pod on its host's network",
} as const

function noNameText({ why, declared }: Extract<PortMiss, { kind: 'no-such-name' }>): string {
  return why === 'undeclared' && declared.length > 0 ? `${NO_NAME[why]}; it declares ${few(declared)}` : NO_NAME[why]
}

function describePort(miss: PortMiss): string {
  switch (miss.kind) {
    case 'number':
      return miss.mapping === null
        ? `${rangeText(miss.port)}/${miss.protocol}`
        : `${rangeText(miss.port)}/${miss.protocol} (${miss.mapping}, so the rule must list that)`
    case 'protocol':
      return `${miss.port === null ? 'every port' : typeof miss.port === 'string' ? miss.port : rangeText(miss.port)}/${miss.protocol}`
    case 'no-such-name':
      return `${miss.name} (${noNameText(miss)})`
    case 'name':
      return `${miss.name}/${miss.protocol} (declared as ${miss.declared.map((port) => `${port.port}/${port.protocol}`).join(', ')})`
  }
}

/** `8080/TCP`, `8000-8100/TCP`, `any TCP port`. */
export function portsText(range: PortRange, protocol: Protocol): string {
  return range.first === 1 && range.last === MAX_PORT ? `any ${protocol} port` : `${rangeText(range)}/${protocol}`
}

/** `8080`, or `8000-8100`. */
export function rangeText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`
}
