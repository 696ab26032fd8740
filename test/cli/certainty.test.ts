import { describe, expect, test } from 'vitest'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { ask } from '../support/cli-io.js'

const PODS = [namespace('a'), pod('a', 'x', { app: 'x' }, null), pod('a', 'y', { app: 'y' }, null)]
/** Whether the block holds the address of a pod is not known, because the pod has none. */
const UNSURE = [...PODS, policy('a', 'block', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/24}}]}]')].join('---\n')
const SURE = [...PODS, policy('a', 'deny', 'policyTypes: [Ingress]')].join('---\n')
const CILIUM = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: a}\nspec: {}\n'
const INCOMPLETE = [...PODS, policy('a', 'open', 'ingress: [{}]'), CILIUM].join('---\n')
const QUESTION = ['a/x', 'a/y:80']

describe('the headline carries the certainty', () => {
  test.each([
    ['not certain', UNSURE, /^DENIED \(not certain: the input does not say\) {2}a\/x -> a\/y {2}80\/TCP$/m],
    ['incomplete', INCOMPLETE, /^ALLOWED \(incomplete: parts of the input were skipped\) {2}a\/x -> a\/y {2}80\/TCP$/m],
    ['certain and complete', SURE, /^DENIED {2}a\/x -> a\/y {2}80\/TCP$/m],
  ])('%s, also under -q and with many flows', async (_, manifests, headline) => {
    expect((await ask(manifests, QUESTION)).stdout).toMatch(headline)
    expect((await ask(manifests, [...QUESTION, '-q'])).stdout).toMatch(headline)
    const many = (await ask(manifests, ['any', 'any:80'])).stdout
    expect(/\(not certain|\(incomplete/.test(many.split('\n')[0] ?? '')).toBe(manifests !== SURE)
  })

  test('in a table each flow that is not certain says so', async () => {
    const { stdout } = await ask(UNSURE, ['any', 'any:80'])
    expect(stdout).toMatch(/^denied \(not certain\) +a\/x +a\/y +80\/TCP/m)
  })
})

describe('--expect takes only certain and complete answers', () => {
  test.each([
    ['as expected', SURE, ['--expect', 'deny'], 0, /^loaded/],
    ['not as expected', SURE, ['--expect', 'allow'], 1, /^expected allow, and the verdict is deny$/m],
    [
      'uncertain',
      UNSURE,
      ['--expect', 'deny'],
      2,
      /NP032.*not certain: the input does not say\n {2}= note: .+\n {2}= help: .*--accept-uncertain/,
    ],
    ['uncertain, taken as it stands', UNSURE, ['--expect', 'deny', '--accept-uncertain'], 0, /^loaded/],
    ['uncertain and not as expected', UNSURE, ['--expect', 'allow', '--accept-uncertain'], 1, /^expected allow/m],
    ['incomplete', INCOMPLETE, ['--expect', 'allow'], 2, /NP032.*incomplete: parts of the input were skipped/],
    ['incomplete, taken as it stands', INCOMPLETE, ['--expect', 'allow', '--accept-uncertain'], 0, /loaded/],
  ] as const)('%s', async (_, manifests, flags, code, message) => {
    const found = await ask(manifests, [...QUESTION, ...flags])
    expect(found.code).toBe(code)
    expect(found.stderr).toMatch(message)
  })

  test('without it the exit code is that of the verdict', async () => {
    expect((await ask(UNSURE, QUESTION)).code).toBe(1)
    expect((await ask(INCOMPLETE, QUESTION)).code).toBe(0)
  })
})
