import { describe, expect, test, vi } from 'vitest'
import { check } from '../../src/index.js'
import { assemble } from '../../src/load/build-cluster.js'
import { edited, objectsOf, type Edit } from '../../src/load/documents/edit.js'
import { readFiles, type Input, type ManifestFile } from '../../src/load/documents/input.js'
import type { Cluster } from '../../src/model/cluster.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'

const FILES: readonly ManifestFile[] = [
  { file: 'a.yaml', text: [namespace('a', { team: 'red' }), pod('a', 'x', { app: 'x' }, null)].join('---\n') },
  {
    file: 'b.yaml',
    text: [namespace('b'), pod('b', 'y', { app: 'web' }, null), deployment('z', 'api')].join('---\n'),
  },
  {
    file: 'p.yaml',
    text: policy('a', 'p', 'ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]'),
  },
]

function deployment(name: string, app: string): string {
  const template = `{metadata: {labels: {app: ${app}}}, spec: {containers: [{name: a, image: a}]}}`
  return `{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}, namespace: b}, spec: {selector: {matchLabels: {app: ${app}}}, template: ${template}}}\n`
}

const inputOf = (files: readonly ManifestFile[], known?: Input): Input => ({
  ...{ files, documents: readFiles(files, {}, known), problems: [], options: {}, excluded: [], roots: [] },
})

const verdictIn = (cluster: Cluster, from: string, to = 'a/x') => check(cluster, { from, to, port: 80 }).verdict
const after = (...edits: readonly Edit[]) => assemble(edits.reduce(edited, inputOf(FILES)))
const name = (kind: string, namespace: string, name: string) => ({ kind, namespace, name })

describe('a change in memory', () => {
  test('removes an object', () => {
    expect(verdictIn(after(), 'b/z')).toBe('deny')
    expect(verdictIn(after({ kind: 'remove', object: name('NetworkPolicy', 'a', 'p') }), 'b/z')).toBe('allow')
  })

  test('adds an object', () => {
    const file = { file: 'q.yaml', text: policy('a', 'q', 'ingress: [{}]') }
    expect(verdictIn(after({ kind: 'put', file }), 'b/z')).toBe('allow')
  })

  test('replaces an object, without a word about two of them', () => {
    const cluster = after({ kind: 'put', file: { file: 'p2.yaml', text: policy('a', 'p', 'ingress: []') } })
    expect(verdictIn(cluster, 'b/y')).toBe('deny')
    expect(cluster.diagnostics.map(({ code }) => code)).not.toContain('NP025')
  })

  test('relabels a pod, the pods of a workload and a namespace', () => {
    const labels = new Map([['app', 'web']])
    expect(verdictIn(after({ kind: 'relabel', object: name('Deployment', 'b', 'z'), labels }), 'b/z')).toBe('allow')
    const without = new Map([['app', null]])
    expect(verdictIn(after({ kind: 'relabel', object: name('Pod', 'b', 'y'), labels: without }), 'b/y')).toBe('deny')
    const closed = {
      file: 'n.yaml',
      text: policy('a', 'p', 'ingress: [{from: [{namespaceSelector: {matchLabels: {team: blue}}}]}]'),
    }
    const blue = { kind: 'relabel', object: name('Namespace', '', 'b'), labels: new Map([['team', 'blue']]) } as const
    expect(verdictIn(after({ kind: 'put', file: closed }), 'b/y')).toBe('deny')
    expect(verdictIn(after({ kind: 'put', file: closed }, blue), 'b/y')).toBe('allow')
  })

  test('is what reading the changed files gives', () => {
    const relabel = {
      kind: 'relabel',
      object: name('Deployment', 'b', 'z'),
      labels: new Map([['app', 'web']]),
    } as const
    const changed = FILES.map(({ file, text }) => ({ file, text: text.replaceAll('app: api', 'app: web') }))
    const podsOf = ({ workloads }: Cluster) =>
      workloads.map(({ id, pods }) => [id, pods.map(({ labels }) => [...labels])])
    expect(podsOf(after(relabel))).toEqual(podsOf(assemble(inputOf(changed))))
  })

  test('leaves the input as it was, so that two clusters stand side by side', () => {
    const input = inputOf(FILES)
    const before = assemble(input)
    const removed = assemble(edited(input, { kind: 'remove', object: name('NetworkPolicy', 'a', 'p') }))
    expect([verdictIn(before, 'b/z'), verdictIn(removed, 'b/z'), verdictIn(assemble(input), 'b/z')]).toEqual([
      'deny',
      'allow',
      'deny',
    ])
  })

  test('of what is not there changes nothing', () => {
    const input = inputOf(FILES)
    expect(edited(input, { kind: 'remove', object: name('Pod', 'a', 'none') }).documents).toEqual(input.documents)
    expect(objectsOf(input)).toContainEqual(name('Namespace', '', 'b'))
  })
})

describe('two inputs', () => {
  test('share what was read of files that both have', () => {
    const [first = { file: '', text: '' }, second = first, third = first] = FILES
    const base = inputOf(FILES)
    const onDocument = vi.fn()
    const head = readFiles([first, { ...second, text: `${second.text}# changed\n` }, third], { onDocument }, base)
    expect(onDocument).toHaveBeenCalledTimes(3)
    expect(head[0]).toBe(base.documents[0])
    expect(head.at(-1)).toBe(base.documents.at(-1))
  })

  test('read a file of another name or text again', () => {
    const [first = { file: '', text: '' }] = FILES
    const [moved] = readFiles([{ ...first, file: 'c.yaml' }], {}, inputOf(FILES))
    expect(moved?.objects[0]?.source.file).toBe('c.yaml')
  })
})
