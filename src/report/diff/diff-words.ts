import { counted, thousands } from '../../model/counted.js'
import { policyName } from '../../model/reference.js'
import type { Place } from '../../model/source.js'
import { whereText } from '../explain-flow.js'
import { few } from '../short-ids.js'
import type { CauseResult, DiffResult } from './diff-result.js'

/** The verdict of a comparison, in one line. */
export function verdictLine(result: DiffResult): string {
  const { summary, workloadsAdded, isolation, dns, failing, asked } = result
  const { opened, closed, changed, possiblyOpened } = summary
  const reached = workloadsAdded.filter(({ fromInternet }) => fromInternet).map(({ id }) => id)
  const lost = isolation.filter(({ change }) => change === 'lost').length
  const withoutDns = dns.filter(({ change }) => change === 'lost').length
  const parts = [
    ...(opened > 0 ? [`${counted(opened, 'connection')} opened`] : []),
    ...(closed > 0 ? [`${counted(closed, 'connection')} closed`] : []),
    ...(changed > 0 ? [`${counted(changed, 'connection')} changed`] : []),
  ]
  return [
    parts.length === 0 ? `no change of what is ${asked === undefined ? 'open' : 'asked about'}` : parts.join(', '),
    ...(possiblyOpened > 0 ? [`${counted(possiblyOpened, 'connection')} may have been opened`] : []),
    ...(lost > 0 ? [`isolation lost ${lost === 1 ? 'once' : `${thousands(lost)} times`}`] : []),
    ...(withoutDns > 0 ? [`${counted(withoutDns, 'workload')} can no longer look names up`] : []),
    ...(reached.length > 0
      ? [
          `the internet reaches ${reached.length === 1 ? 'the new' : 'new'} ${reached.slice(0, 3).join(', ')}${reached.length > 3 ? ` and ${thousands(reached.length - 3)} more` : ''}`,
        ]
      : []),
    ...(failing.length > 0 ? [`fails on ${failing.join(', ')}`] : []),
  ].join('; ')
}

/** An edit without its place: `edited NetworkPolicy shop/api spec.ingress[0].ports[0]: 80/TCP → 81/TCP`. */
export function causeText({ change, policy, object, setting, path, before, after }: CauseResult): string {
  const thing =
    policy !== undefined
      ? `${policy.kind} ${policyName(policy)}`
      : object !== undefined
        ? `${object.kind} ${object.namespace === null ? object.name : policyName(object)}`
        : `setting ${setting ?? ''}`
  const value =
    before !== null && after !== null
      ? `: ${before} -> ${after}`
      : before !== null
        ? `: ${before}`
        : after !== null
          ? `: ${after}`
          : ''
  return `${change} ${thing}${path === null ? '' : ` ${path}`}${value}`
}

/** Who is isolated, or can look names up, on one side only; a line each. */
export function protectionLines({ isolation, dns }: Pick<DiffResult, 'isolation' | 'dns'>): readonly string[] {
  const from = (because: readonly CauseResult[]) =>
    because.length === 0 ? '' : `  because ${because.map((cause) => `${causeText(cause)}${at(cause)}`).join(', and ')}`
  return [
    ...isolation.map(({ id, direction, change, because }) => `${direction} isolation ${change}: ${id}${from(because)}`),
    ...dns.map(({ id, change, because }) => `DNS ${change}: ${id}${from(because)}`),
  ]
}

/** Settings that are others now: what is read, and how, may be their business. */
export function settingLines(settingsChanged: DiffResult['settingsChanged']): readonly string[] {
  return settingsChanged.map(
    ({ key, before, after }) => `setting ${key}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
  )
}

/** What there is to say besides connections, a line each. */
export function otherLines(result: DiffResult): readonly string[] {
  const {
    workloadsAdded,
    workloadsRemoved,
    workloadsRenamed,
    servicesChanged,
    settingsChanged,
    policiesWithoutEffect,
    asked,
  } = result
  const without = asked === undefined ? 'without effect' : 'without effect on what is asked about'
  return [
    ...protectionLines(result),
    ...workloadsAdded.map((one) => `new workload ${one.id}${at({ ...one, column: null })}: ${factsOf(one)}`),
    ...workloadsRemoved.map((one) => `workload gone: ${one.id}${at({ ...one, column: null })}`),
    ...workloadsRenamed.map((one) => `workload renamed: ${one.from} is ${one.to}`),
    ...servicesChanged.map((one) => `Service ${policyName(one)} leads elsewhere: ${leadsTo(one)}`),
    ...settingLines(settingsChanged),
    ...policiesWithoutEffect.map(
      (one) => `${one.change} ${without}: ${one.policy.kind} ${policyName(one.policy)}${at(one)}`,
    ),
  ]
}

const MOST_BACKENDS = 5

/** `+ shop/Deployment/api-v2, - shop/Deployment/api, shop/Deployment/web on 80/TCP -> 9090 instead of 80/TCP -> 8080`. */
function leadsTo({ backendsAdded, backendsRemoved, portsChanged }: DiffResult['servicesChanged'][number]): string {
  const ports = (some: readonly string[]) => (some.length === 0 ? 'no port' : some.join(' and '))
  const changes = [
    ...backendsAdded.map((id) => `+ ${id}`),
    ...backendsRemoved.map((id) => `- ${id}`),
    ...portsChanged.map(({ id, before, after }) => `${id} on ${ports(after)} instead of ${ports(before)}`),
  ]
  return few(changes, MOST_BACKENDS)
}

function at(place: Place): string {
  const where = whereText(place)
  return where === '' ? '' : `  ${where}`
}

function factsOf({
  unprotected,
  fromInternet,
  toInternet,
  connections,
  acrossNamespaces,
}: DiffResult['workloadsAdded'][number]): string {
  return [
    ...(fromInternet ? ['the internet reaches it'] : []),
    ...(toInternet ? ['it reaches the internet'] : []),
    ...(unprotected.length > 0 ? [`not isolated for ${unprotected.join(' and ')}`] : []),
    `${counted(connections, 'connection')}, ${thousands(acrossNamespaces)} with other namespaces`,
  ].join('; ')
}
