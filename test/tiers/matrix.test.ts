import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matrixOver, type Matrix } from '../../src/analyze/class-matrix.js'
import { endpointsOf, type MatrixEndpoint } from '../../src/analyze/matrix-endpoints.js'
import { compile } from '../../src/engine/compile.js'
import type { Direction } from '../../src/model/direction.js'
import { parseAddress, type Address } from '../../src/net/address.js'
import { contains } from '../../src/net/ranges.js'
import { ruleForms } from '../../src/policy/rule-forms.js'
import { cases } from '../reference/generate.js'
import { clusterOf } from '../support/compare.js'
import { compareCompiled, engineOptionsOf } from '../support/matrix-cells.js'
import { podOf } from './ask.js'
import { formOf, optionsOf } from './forms.js'
import { allows, isSettled, type Asked } from './naive.js'
import { inOtherTiers } from './other-tiers.js'
import { ASKED, cluster, OUTSIDE, PODS, worlds, type Pod } from './world.js'

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
          for (const { protocol, port, set } of atoms) {
            const out: Asked = { from: pod, to: address, protocol, port }
            check(out, sets.covers(openAt(matrix, 'egress', pod, address), set), allows(world, out))
            const into: Asked = { from: address, to: pod, protocol, port }
            check(into, sets.covers(openAt(matrix, 'ingress', pod, address), set), allows(world, into))
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

function openAt({ outside, classes, sets }: Matrix, direction: Direction, pod: Pod, text: string) {
  const address = parseAddress(text) as Address
  const pieces = outside(direction, classes.classOf(podOf(pod)), sets.all)
  const piece = pieces.find((one) => contains(one, address))
  return piece?.value.open ?? sets.none
}
