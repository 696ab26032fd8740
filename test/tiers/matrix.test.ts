import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matrixOver, type Matrix } from '../../src/analyze/class-matrix.js'
import { endpointsOf, type MatrixEndpoint } from '../../src/analyze/matrix-endpoints.js'
import { compile } from '../../src/engine/compile.js'
import { DIRECTIONS, type Direction } from '../../src/model/direction.js'
import { parseAddress, type Address } from '../../src/net/address.js'
import { contains } from '../../src/net/ranges.js'
import { ruleForms } from '../../src/policy/rule-forms.js'
import { cases } from '../reference/generate.js'
import { clusterOf } from '../support/compare.js'
import { compareCompiled, engineOptionsOf } from '../support/matrix-cells.js'
import { podOf, pods } from './ask.js'
import { formOf, optionsOf } from './forms.js'
import { allows, isSettled, type Asked } from './naive.js'
import { inOtherTiers } from './other-tiers.js'
import { ASKED, cluster, OUTSIDE, PODS, worlds, type Pod, type Policy, type Rule } from './world.js'

const CLUSTERS = Number(process.env['CLUSTERS'] ?? 25)

test('every cell of two pods is what a plain loop over tiers says, and certain where that has no choice (C-1 to C-8, C-10, C-11, C-16)', () => {
  const seen = { allow: 0, deny: 0 }
  const check = (asked: Asked, isOpen: boolean, expected: boolean) => {
    seen[expected ? 'allow' : 'deny']++
    if (isOpen !== expected) throw new Error(`${JSON.stringify(asked)}: ${String(isOpen)}`)
  }
  fc.assert(
    fc.property(worlds, (world) => {
      const matrix = matrixOver(compile(cluster, optionsOf(world), world.policies.map(formOf)))
      const { sets } = matrix
      const atoms = ASKED.map(([protocol, port]) => ({
        protocol,
        port,
        set: sets.of([{ protocol, first: port, last: port }]),
      }))
      for (const from of PODS) {
        for (const to of PODS) {
          if (from === to) continue
          const { open, certainty, possible } = matrix.answer(partyOf(from), partyOf(to))
          let isOpenUnsure = false
          for (const { protocol, port, set } of atoms) {
            const asked: Asked = { from, to, protocol, port }
            check(asked, sets.covers(open, set), allows(world, asked))
            const isSure = isSettled(world, asked)
            if (sets.covers(open, set)) isOpenUnsure ||= !isSure
            else expect(sets.covers(possible, set)).toBe(!isSure)
          }
          expect(certainty).toBe(isOpenUnsure ? 'undefined' : 'certain')
        }
      }
      for (const pod of PODS) {
        for (const address of OUTSIDE) {
          for (const direction of DIRECTIONS) {
            const { open, possible, certainty } = outsideAnswer(matrix, direction, pod, address)
            let isOpenUnsure = false
            for (const { protocol, port, set } of atoms) {
              const [from, to] = direction === 'egress' ? [pod, address] : [address, pod]
              const asked: Asked = { from, to, protocol, port }
              check(asked, sets.covers(open, set), allows(world, asked))
              const isSure = isSettled(world, asked)
              if (sets.covers(open, set)) isOpenUnsure ||= !isSure
              else expect(sets.covers(possible, set)).toBe(!isSure)
            }
            expect(certainty).toBe(isOpenUnsure ? 'undefined' : 'certain')
          }
        }
      }
    }),
    { numRuns: CLUSTERS * 10 },
  )
  expect(Math.min(seen.allow, seen.deny)).toBeGreaterThan(CLUSTERS * 1000)
})

test('every cell is what the one-pair evaluator says, whatever the input leaves open', { timeout: 600_000 }, () => {
  const seen = { open: 0, perhaps: 0 }
  fc.assert(
    fc.property(cases, fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }), (example, seeds) => {
      const plain = clusterOf(example.objects)
      const forms = ruleForms(plain.policies).map((form, index) => inOtherTiers(form, seeds[index % seeds.length] ?? 0))
      const { differences, open, perhaps = 0 } = compareCompiled(compile(plain, engineOptionsOf(example), forms))
      seen.open += open
      seen.perhaps += perhaps
      expect(differences).toEqual([])
    }),
    { numRuns: CLUSTERS },
  )
  expect(Math.min(seen.open, seen.perhaps)).toBeGreaterThan(CLUSTERS)
})

const endpoints: readonly MatrixEndpoint[] = endpointsOf(cluster, false)

function partyOf(pod: Pod) {
  const found = endpoints.find(({ party }) => party.pods.includes(podOf(pod)))
  if (found === undefined) throw new Error(`no endpoint for ${pod.name}`)
  return found.party
}

function outsideAnswer({ outside, classes, sets }: Matrix, direction: Direction, pod: Pod, text: string) {
  const address = parseAddress(text) as Address
  const pieces = outside(direction, classes.classOf(podOf(pod)), sets.all)
  const piece = pieces.find((one) => contains(one, address))
  return piece?.value ?? { open: sets.none, possible: sets.none, certainty: 'certain' }
}

test('C-8: of a policy of a tie its first rule counts, also where a later one matches as well', () => {
  const rule = (action: Rule['action']): Rule => ({ action, peers: [], ports: [] })
  const everybody = { namespaces: {}, pods: null }
  const admin = (name: string, ...actions: readonly Rule['action'][]): Policy => {
    const rules = actions.map(rule)
    return { tier: 'Admin', order: 1, name, home: null, subject: everybody, ingress: rules, egress: rules }
  }
  const closed: Policy = {
    ...{ tier: 'NetworkPolicy', order: 0, name: 'np', home: 'x', ingress: [], egress: [] },
    subject: { namespaces: null, pods: {} },
  }
  const [x, y] = pods('x/a', 'x/b')
  const ask = (...tied: readonly Policy[]) => {
    const matrix = matrixOver(compile(cluster, {}, [...tied, closed].map(formOf)))
    const { open, possible, certainty } = matrix.answer(partyOf(x), partyOf(y))
    const outside = outsideAnswer(matrix, 'egress', x, '192.0.2.1')
    const of = (set: number) => (set === matrix.sets.all ? 'all' : set === matrix.sets.none ? 'none' : 'some')
    return [of(open), of(possible), certainty, of(outside.open), of(outside.possible), outside.certainty].join(' ')
  }
  const accepts = admin('b', 'accept', 'pass')
  expect(ask(admin('a'), accepts)).toBe('all none certain all none certain')
  expect(ask(admin('a', 'deny'), accepts)).toBe('none all certain none all certain')
  expect(ask(admin('c', 'pass'), accepts)).toBe('all none undefined all none undefined')
})
