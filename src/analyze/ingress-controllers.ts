import type { Pod } from '../model/cluster.js'
import type { FlowAnswer } from './flow-answer.js'

/** Labels of the pods of ingress controllers and gateways, as their charts and operators set them; null is any value. */
const LABELS: readonly (readonly [key: string, values: readonly string[] | null])[] = [
  [
    'app.kubernetes.io/name',
    [
      'ingress-nginx',
      'nginx-ingress',
      'traefik',
      'contour',
      'haproxy-ingress',
      'kubernetes-ingress',
      'kong',
      'emissary-ingress',
    ],
  ],
  ['istio', ['ingressgateway']],
  ['gateway.networking.k8s.io/gateway-name', null],
  ['ingresscontroller.operator.openshift.io/deployment-ingresscontroller', null],
]

/**
 * The namespace of an ingress controller that rules for addresses outside keep out: they are written for its clients, and policies see
 * the controller. Null for every other answer.
 */
export function controllerKeptOut({ from, ingress }: FlowAnswer): string | null {
  if (from.kind !== 'workload' || ingress.reason !== 'no-rule-matched' || !from.pods.some(isController)) return null
  const blocks = ingress.deciding
    .flatMap(({ rules }) => rules.ingress)
    .some(({ peers }) => peers.some(({ kind }) => kind === 'ip-block'))
  return blocks ? from.workload.namespace : null
}

function isController({ labels }: Pod): boolean {
  return LABELS.some(([key, values]) => {
    const value = labels.get(key)
    return value !== undefined && (values === null || values.includes(value))
  })
}
