import { LIVE } from '../support/live.js'
import { codesOf, load, object } from './manifests.js'

export type Strings = Readonly<Record<string, string>>

export const policy = (spec: object, id = 'x/p') => object('networking.k8s.io/v1', 'NetworkPolicy', id, { spec })
export const namespace = (name: string) => object('v1', 'Namespace', name)

export function pod(id: string, labels: Strings = {}, ports: readonly object[] = [], status: object = {}): object {
  const [ns, name] = id.split('/')
  const metadata = { ...LIVE, namespace: ns, name, labels }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ ports }] }, status }
}

const WEB = pod('x/web', { app: 'web' }, [
  { name: 'http', containerPort: 80 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
])

/** A namespace and a pod that give no reason for a remark. */
export const KNOWN = [namespace('x'), WEB]

/** The codes for objects beside those. */
export const codes = (...objects: readonly object[]) => codesOf(load([...KNOWN, ...objects]))
