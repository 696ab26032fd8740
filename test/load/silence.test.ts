import { describe, expect, test } from 'vitest'
import { parseCluster, type LoadOptions } from '../../src/index.js'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\n---\n'
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n'

/** A policy whose one warning (NP117) stands on its last line. */
function policy({ above = '', behind = '', annotation = '' } = {}): string {
  return `${NAMESPACE}${POD}apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
  annotations: {${annotation}}
spec:
  podSelector: {}
  ingress:
    - ports:
${above}        - protocol: UDP${behind}
`
}

const codesOf = (text: string, options: LoadOptions = {}) =>
  parseCluster(text, options).diagnostics.map(({ code, severity }) => `${code} ${severity}`)

describe('a warning is silenced, also under strict', () => {
  test.each([
    ['nothing does', policy(), {}, ['NP117 warning']],
    ['a comment behind it', policy({ behind: ' # netpol-sim-ignore NP117 -- by design' }), {}, ['NP140 info']],
    [
      'a comment above it',
      policy({ above: '        # netpol-sim-ignore NP104 NP117 -- by design\n' }),
      {},
      ['NP140 info'],
    ],
    ['an annotation', policy({ annotation: 'netpol-sim/ignore: "NP104 NP117"' }), {}, ['NP140 info']],
    ['a setting', policy(), { lint: { NP117: 'off' } }, ['NP140 info']],
    ['a setting that makes it an info', policy(), { lint: { NP117: 'info' } }, ['NP117 info']],
    ['a setting that makes it an error', policy(), { lint: { NP117: 'error' } }, ['NP117 error']],
  ] as const)('%s', (_, text, options, expected) => {
    expect(codesOf(text, options)).toEqual(expected)
    const strict = parseCluster(text, { ...options, strict: true })
    expect(strict.policies).toHaveLength(1)
    expect(strict.answerable).toBe(expected.every((one) => one.endsWith('info')))
  })

  test('of another code, or two lines away, it is not', () => {
    expect(codesOf(policy({ behind: ' # netpol-sim-ignore NP104 -- by design' }))).toEqual([
      'NP117 warning',
      'NP200 warning',
    ])
    expect(codesOf(policy({ above: '        # netpol-sim-ignore NP117 -- x\n        #\n' }))).toEqual([
      'NP117 warning',
      'NP200 warning',
    ])
  })

  test('without a reason it is, and that is a finding', () => {
    const { diagnostics } = parseCluster(policy({ behind: ' # netpol-sim-ignore NP117' }))
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['NP200', 19],
      ['NP140', null],
    ])
  })
})

describe('what keeps the answer away or incomplete is never silenced', () => {
  const unknownField = policy({ behind: ' # netpol-sim-ignore NP008 -- hidden' }).replace('podSelector', 'podSelecter')

  test('an error by a comment', () => {
    const { answerable, diagnostics } = parseCluster(
      unknownField.replace('spec:', 'spec: # netpol-sim-ignore NP008 -- hidden'),
    )
    expect(answerable).toBe(false)
    expect(diagnostics.map(({ code }) => code)).toContain('NP200')
  })

  test('an error by a setting', () => {
    expect(parseCluster(unknownField, { lint: { NP008: 'off' } }).answerable).toBe(false)
  })

  test('policies of another system leave the answer incomplete', () => {
    const cilium = '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x}\nspec: {}\n'
    const { incomplete, diagnostics } = parseCluster(policy() + cilium, { lint: { NP102: 'off' } })
    expect(incomplete).toBe(true)
    expect(diagnostics.map(({ code }) => code)).not.toContain('NP102')
  })
})
