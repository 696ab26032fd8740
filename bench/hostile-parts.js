// What hostile inputs are made of, as text.
import { range } from './manifest-parts.js'

/** A pod with a label of its own, `app: pN`; `more` are further labels, `spec` fields and `address` one or several of its status. */
export function pod(index, { namespace = 'shop', more = '', spec = '', addresses = [] } = {}) {
  const metadata = `{name: p${index}, namespace: ${namespace}, labels: {app: p${index}${more}}}`
  const status =
    addresses.length === 0
      ? ''
      : `status: {podIP: '${addresses[0]}', podIPs: [${addresses.map((ip) => `{ip: '${ip}'}`).join()}]}\n`
  return `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec: {containers: [{name: c, image: i}]${spec}}\n${status}`
}

/** The same as part of a dump, whose status counts. */
export function livePod(index, options) {
  return pod(index, options).replace('labels:', `uid: u${index}, resourceVersion: '1', labels:`)
}

/** So many pods, with options by number. */
export const pods = (count, optionsOf = () => ({}), one = pod) => range(count, (index) => one(index, optionsOf(index)))

/** A policy for the pods with some labels, and its rules for ingress; `labels` may be a whole selector. */
export function policy(index, labels, rules, namespace = 'shop') {
  const selector = labels.startsWith('{') ? labels : `{matchLabels: {${labels}}}`
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: np${index}, namespace: ${namespace}}\nspec: {podSelector: ${selector}, ingress: [${rules}]}\n`
}

/** The entry of `from` for the pod of a number, for the holders of a label, and for a block. */
export const labelled = (index) => having(`app: p${index}`)
export const having = (labels) => `{podSelector: {matchLabels: {${labels}}}}`
export const block = (cidr, except = []) =>
  `{ipBlock: {cidr: ${cidr}${except.length === 0 ? '' : `, except: [${except.join()}]`}}}`

/** A private address of its own for a number below 65,536 times 200, and the /24 around it. */
export const address = (index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`
export const around = (index) => `10.${index >> 8}.${index & 255}.0/24`
