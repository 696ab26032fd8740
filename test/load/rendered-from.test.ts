import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'
import { helmSource, kustomizeOrigin } from '../../src/load/documents/rendered-from.js'
import { namespace, pod } from '../support/cli-cluster.js'
import { askJson, run } from '../support/cli-io.js'
import { processorTime } from '../support/processor-time.js'

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector: {}
`

function sourceOf(...documents: readonly string[]): string | null | undefined {
  return parseCluster(documents.join('---\n')).policies[0]?.source.renderedFrom
}

function annotated(origin: string): string {
  const lines = origin.split('\n').map((line) => `      ${line}`)
  return POLICY.replace(
    '  namespace: shop\n',
    `  namespace: shop\n  annotations:\n    config.kubernetes.io/origin: |\n${lines.join('\n')}\n`,
  )
}

describe('helm names the template in a comment above the document', () => {
  test.each([
    ['above the first object', [`# Source: shop/templates/db.yaml\n${POLICY}`]],
    [
      'after a separator, below comments of the template',
      ['a: 1\n', `# Source: shop/templates/db.yaml\n# by us\n\n${POLICY}`],
    ],
    ['with the line ends of Windows', [`# Source: shop/templates/db.yaml\r\n${POLICY}`]],
    [
      'the last one, where a template has comments before its own',
      [`# Source: a.yaml\n# Source: shop/templates/db.yaml\n${POLICY}`],
    ],
  ])('%s', (_name, documents) => {
    expect(sourceOf(...documents)).toBe('shop/templates/db.yaml')
  })

  test('a comment of another document, or further below, is not one', () => {
    expect(sourceOf('# Source: shop/templates/web.yaml\na: 1\n', POLICY)).toBeNull()
    expect(sourceOf(POLICY.replace('spec:', '# Source: shop/templates/db.yaml\nspec:'))).toBeNull()
    expect(sourceOf(POLICY)).toBeNull()
  })

  test('serves all objects of a list', () => {
    const items = POLICY.replaceAll('\n', '\n  ')
    expect(sourceOf(`# Source: shop/templates/all.yaml\napiVersion: v1\nkind: List\nitems:\n- ${items}`)).toBe(
      'shop/templates/all.yaml',
    )
  })

  test('is read in one pass, however many comments there are', () => {
    expect(helmSource(`${'# Source: a\n'.repeat(100_000)}${POLICY}`)).toBe('a')
  })

  test('and however long they are: a megabyte of blanks within takes no time', () => {
    const took = processorTime(() => {
      expect(helmSource(`# Source: a${' '.repeat(1_000_000)}b\n`)).toContain('more characters')
    })
    expect(took).toBeLessThan(2000)
  })
})

describe('kustomize names the origin in an annotation', () => {
  test.each([
    ['path: ../base/db.yaml', '../base/db.yaml'],
    ['path: "../base/db.yaml"', '../base/db.yaml'],
    [
      'configuredIn: kustomization.yaml\nconfiguredBy:\n  apiVersion: builtin\n  kind: ConfigMapGenerator',
      'kustomization.yaml',
    ],
    ['path: db.yaml\nrepo: https://example.org/shop\nref: v1', 'https://example.org/shop//db.yaml?ref=v1'],
  ])('%j is %s', (origin, source) => {
    expect(sourceOf(annotated(origin))).toBe(source)
  })

  test('in one pass, however long its lines are', () => {
    const origin = `path: a${' '.repeat(1_000_000)}b"`
    const took = processorTime(() => {
      expect(kustomizeOrigin({ metadata: { annotations: { 'config.kubernetes.io/origin': origin } } })).toContain(
        'more',
      )
    })
    expect(took).toBeLessThan(2000)
  })

  test('which is nearer to the object than a comment', () => {
    expect(sourceOf(`# Source: a.yaml\n${annotated('path: b.yaml')}`)).toBe('b.yaml')
    expect(sourceOf(annotated('resource: b.yaml'))).toBeNull()
  })
})

test('places say it, in text and in JSON, for rules and for diagnostics', async () => {
  const objects = [namespace('shop'), pod('shop', 'web', {}, null), pod('shop', 'db', {}, null)]
  const bad = POLICY.replace('podSelector: {}', 'podSelector: {}\n  ingress:\n  - form: []')
  const text = [...objects, `# Source: shop/templates/db.yaml\n${POLICY}`].join('---\n')
  const words = ['check', '-f', '-', 'shop/web', 'shop/db:80']
  const answer = await run(words, { stdin: text })
  expect(answer.stdout).toMatch(/<stdin>:\d+:\d+ \(shop\/templates\/db\.yaml\)/)
  const { flows } = await askJson(text, ['shop/web', 'shop/db:80'])
  expect(flows[0]?.ingress.policies).toMatchObject([{ source: 'shop/templates/db.yaml' }])
  const faulty = [...objects, `# Source: shop/templates/db.yaml\n${bad}`].join('---\n')
  expect((await run(words, { stdin: faulty })).stderr).toContain('(shop/templates/db.yaml)')
})

test('control characters in it are harmless', async () => {
  const text = [namespace('shop'), pod('shop', 'web', {}, null), `# Source: a\u009b31mb.yaml\n${POLICY}`].join('---\n')
  const { stdout, stderr } = await run(['check', '-f', '-', 'any', 'shop/web:80'], { stdin: text })
  expect(stdout + stderr).not.toContain('\u009b')
})
