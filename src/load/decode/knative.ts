import type { ContainerPort } from '../../model/cluster.js'
import type { Labels } from '../../model/labels.js'
import { asInteger, asList, asMap, asString, get, type MapField } from './fields.js'
import { checkPortNumber } from './policy-port.js'
import { warning } from './problem.js'

export const SERVICE_LABEL = 'serving.knative.dev/service'
export const REVISION_LABEL = 'serving.knative.dev/revision'
/** Marks a revision, and is kept from its pods. */
const KEPT_FROM_PODS = ['serving.knative.dev/route', 'serving.knative.dev/routingState']

/** The port of the container that serves, where it says none. */
const DEFAULT_USER_PORT = 8080
/** What the container that Knative adds to every pod listens on, beside the port for requests. */
const QUEUE_PROXY_PORTS = [
  ['http-autometric', 9090],
  ['http-usermetric', 9091],
] as const
const REQUESTS_HTTP1 = 8012
const REQUESTS_HTTP2 = 8013
const REQUESTS_TLS = 8112

/** The pods of a revision: their names for ports are those of Knative, whatever the template calls them (D-2). */
export function revisionPorts(spec: MapField): readonly ContainerPort[] {
  const containers = asList(get(spec, 'containers')).flatMap((item) => asMap(item) ?? [])
  const declared = containers.map((container) => asList(get(container, 'ports')))
  const serving = containers.length === 1 ? declared[0] : declared.find((ports) => ports.length > 0)
  const [first] = serving ?? []
  const port = first === undefined ? null : asMap(first)
  const numberField = port === null ? null : get(port, 'containerPort')
  const number = (numberField === null ? null : asInteger(numberField)) ?? 0
  if (numberField !== null && number !== 0) checkPortNumber(numberField, number, 'NP026')
  const isHttp2 = port !== null && asString(get(port, 'name')) === 'h2c'
  const named: readonly (readonly [string, number])[] = [
    ...(serving === undefined ? [] : [['user-port', number === 0 ? DEFAULT_USER_PORT : number] as const]),
    ...QUEUE_PROXY_PORTS,
    ['queue-port', isHttp2 ? REQUESTS_HTTP2 : REQUESTS_HTTP1],
    ['https-port', REQUESTS_TLS],
  ]
  return named.map(([name, port]) => ({ name, protocol: 'TCP', port }))
}

/** The labels of a revision's template that its pods get. */
export function revisionLabels(labels: Labels): Labels {
  return new Map([...labels].filter(([key]) => !KEPT_FROM_PODS.includes(key)))
}

/** The name that the template gives its revision; null where Knative makes one up. */
export function revisionName(template: MapField): string | null {
  const metadata = asMap(get(template, 'metadata'))
  const name = metadata === null ? null : asString(get(metadata, 'name'))
  return name === '' ? null : name
}

/** Says of traffic that goes to other revisions than that of the template: what their pods look like is not in the input. */
export function checkTraffic(spec: MapField, revision: string | null): void {
  const targets = get(spec, 'traffic')
  const names = asList(targets).flatMap((item) => {
    const target = asMap(item)
    const name = target === null ? null : asString(get(target, 'revisionName'))
    return name === null || name === '' || name === revision ? [] : [name]
  })
  const [first] = names
  if (first === undefined) return
  const more = names.length === 1 ? '' : ` and ${names.length - 1} more`
  spec.report(
    warning(
      'NP138',
      targets.path,
      `traffic goes to the revision \`${first}\`${more}, whose template is not in the input`,
      'add the Deployments or pods of the revisions that serve: kubectl get deploy,po -A -o json',
    ),
  )
}
