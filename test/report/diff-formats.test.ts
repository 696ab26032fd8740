import { expect, test } from 'vitest'
import { DIFF_FORMATS } from '../../src/report/diff/formats.js'
import type { DiffResult } from '../../src/report/diff/diff-result.js'
import { PLAIN } from '../../src/report/style.js'
import { namespace } from '../support/cli-cluster.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { diffTexts } from '../support/diff.js'

async function render(result: DiffResult, format: 'text' | 'markdown' | 'github'): Promise<string> {
  const page = {
    isTerminal: false,
    detail: 'normal',
    style: () => Promise.resolve(PLAIN),
    inRepository: (file: string) => `k8s/${file}`,
  } as const
  return [...((await DIFF_FORMATS[format]?.(result, page)) ?? [])].join('')
}

const MANY = Array.from({ length: 60 }, (_, index) => `team-${index}`)
const CLUSTER = [
  namespace('shop'),
  app({ namespace: 'shop', name: 'db' }),
  ...MANY.flatMap((name) => [namespace(name), app({ namespace: name, name: 'web' })]),
]
const CLOSED = policyOf({ namespace: 'shop', name: 'closed', rules: 'ingress: []' })
const OPEN = CLOSED.replace('[]', '[{from: [{namespaceSelector: {}}], ports: [{port: 5432}]}]')
const single = diffTexts([...CLUSTER, CLOSED].join('---\n'), [...CLUSTER, OPEN].join('---\n'))

test('one edit that opens many pairs is one heading, and its pairs are folded to globs with their count', async () => {
  expect(single.summary.opened).toBe(60)
  const text = await render(single, 'text')
  expect(text.split('\n').filter((line) => line.startsWith('added '))).toEqual([
    'added NetworkPolicy shop/closed spec.ingress: from all pods in all namespaces on 5432/TCP  head.yaml:' +
      text.replace(/^[^]*head\.yaml:([\d:]+)[^]*$/, '$1'),
  ])
  expect(text).toContain('+ team-*/* -> shop/db  5432/TCP  (60 connections)')
  const lines = (await render(single, 'github')).trimEnd().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^::warning file=k8s\/head\.yaml,line=\d+,col=\d+,title=netpol-sim diff::added NetworkPolicy /,
  )
})

test('Markdown stays within 60,000 characters, counts what is left out, closes what it opens, and links to lines', async () => {
  const policies = (ports: number) =>
    MANY.map((name, index) =>
      policyOf({
        namespace: name,
        name: `a-policy-with-a-long-name-${'x'.repeat(200)}`,
        rules: `ingress: [${Array.from({ length: ports }, (_, rule) => `{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team-${(index + rule + 1) % 60}}}}], ports: [{port: ${1000 + rule}}]}`).join()}]`,
      }),
    )
  const result = diffTexts([...CLUSTER, ...policies(1)].join('---\n'), [...CLUSTER, ...policies(8)].join('---\n'))
  const markdown = await render({ ...result, link: 'https://example.com/blob/main' }, 'markdown')
  expect(markdown.length).toBeLessThanOrEqual(60_000)
  expect(markdown).toMatch(/^\*\*netpol-sim diff: [\d,]+ connections opened/)
  expect(markdown).toMatch(/\d+ more rows are left out\./)
  expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length)
  expect(markdown).toMatch(/\]\(https:\/\/example\.com\/blob\/main\/k8s\/head\.yaml#L\d+\)/)
  expect(await render({ ...result, link: 'https://example.com/blob/main' }, 'markdown')).toBe(markdown)
})

test('numbers of thousands are grouped', async () => {
  const result = { ...single, summary: { ...single.summary, opened: 1_234_567 }, omittedChanges: 12_345 }
  expect(await render(result, 'text')).toMatch(
    /^1,234,567 connections opened\n[^]*\n12,345 more changes are not shown;/,
  )
  expect(await render(result, 'markdown')).toMatch(
    /^\*\*netpol-sim diff: 1,234,567 connections [^]*\n12,345 more changes/,
  )
})

test('no change is one line that says so', async () => {
  const none = diffTexts(CLUSTER.join('---\n'), CLUSTER.toReversed().join('---\n'))
  expect(await render(none, 'text')).toBe('no change of what is open\n')
  expect(await render(none, 'markdown')).toBe('**netpol-sim diff: no change of what is open**\n')
  expect(await render(none, 'github')).toBe('')
})

test('settings that are others and notes are annotations as well, since both can keep changes from the answer', async () => {
  const none = diffTexts(CLUSTER.join('---\n'), CLUSTER.join('---\n'))
  const result: DiffResult = {
    ...none,
    settingsChanged: [{ key: 'exclude', before: null, after: ['a.yaml'] }],
    notes: [{ code: 'settings-of-head', message: 'netpol-sim.yaml serves both sides (inputs)' }],
  }
  expect((await render(result, 'github')).split('\n')).toEqual([
    '::warning title=netpol-sim diff::setting exclude: null -> ["a.yaml"]',
    '::warning title=netpol-sim diff::netpol-sim.yaml serves both sides (inputs)',
    '',
  ])
})
