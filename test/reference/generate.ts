/** Arbitrary small clusters with questions about them. Everything is legal input (section B). */
import fc from 'fast-check'
import type { Options, Question } from './evaluate.js'
import { clusters } from './generate-cluster.js'
import { options, withBothFamilies } from './generate-options.js'
import { policies } from './generate-policies.js'
import { questionsAbout, questionSeed } from './generate-questions.js'

export interface Case {
  objects: object[]
  options: Options
  questions: Question[]
}

export const cases: fc.Arbitrary<Case> = fc
  .record({ cluster: clusters, policies, options, seeds: fc.array(questionSeed, { minLength: 13, maxLength: 13 }) })
  .map(({ cluster, policies, options, seeds }) => {
    // As a file would give them: plain objects of their own, without absent properties
    const objects = JSON.parse(JSON.stringify([...cluster, ...policies])) as object[]
    const all = withBothFamilies(options, cluster)
    return { objects, options: all, questions: questionsAbout(objects, all.podCidrs ?? [], seeds) }
  })
