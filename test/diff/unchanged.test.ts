import { expect, test } from 'vitest'
import { app, policyOf } from '../support/assertion-cluster.js'
import { namespace } from '../support/cli-cluster.js'
import { diffTexts } from '../support/diff.js'

const CLUSTER = [namespace('shop'), ...['a', 'b', 'c'].map((name) => app({ namespace: 'shop', name }))]
const changesOf = (head: readonly string[]) => diffTexts(CLUSTER.join('---\n'), head.join('---\n')).summary

test('workloads that nothing tells apart count one by one, also towards the outside', () => {
  // Six pairs, and each of three with the outside both ways
  expect(changesOf(CLUSTER)).toEqual({ opened: 0, closed: 0, changed: 0, unchanged: 12 })
})

test('what a policy closes is not unchanged, and the rest is', () => {
  const closed = policyOf({ namespace: 'shop', name: 'a', select: { app: 'a' }, rules: 'ingress: []' })
  expect(changesOf([...CLUSTER, closed])).toEqual({ opened: 0, closed: 3, changed: 0, unchanged: 9 })
})

test('where more than policies differ all is counted as well', () => {
  const two = app({ namespace: 'shop', name: 'c', replicas: 2 })
  // Another replica is a destination of its own
  expect(changesOf([...CLUSTER.slice(0, -1), two])).toEqual({ opened: 1, closed: 0, changed: 0, unchanged: 12 })
})
