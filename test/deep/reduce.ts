import type { Case } from '../reference/generate.js'
import { compareCase } from '../support/compare.js'
import { isDict, type Dict, type Json } from '../support/laws-json.js'

/** The lines in which engine and reference evaluator differ; none where either refuses the case. */
function differencesOf(example: Case): readonly string[] {
  try {
    return compareCase(example).differences
  } catch {
    return []
  }
}

/** A case with one question that still differs after everything that can go is gone, key by key and item by item. */
export function reduced(example: Case): Case {
  const question = example.questions.find((one) => differencesOf({ ...example, questions: [one] }).length > 0)
  if (question === undefined) return example
  const options = differencesOf({ ...example, options: {}, questions: [question] }).length > 0 ? {} : example.options
  const caseOf = (objects: Json): Case => ({ objects: objects as object[], options, questions: [question] })
  let objects = example.objects as readonly Dict[] as Json
  for (let smaller: Json | undefined = objects; smaller !== undefined;) {
    objects = smaller
    smaller = partsLeftOut(objects).find((candidate) => differencesOf(caseOf(candidate)).length > 0)
  }
  return caseOf(objects)
}

/** The value without one of its items or keys, or of those of its parts. */
function partsLeftOut(value: Json): readonly Json[] {
  if (typeof value !== 'object' || value === null) return []
  if (!isDict(value)) {
    return [
      ...value.map((_, index) => value.toSpliced(index, 1)),
      ...value.flatMap((item, index) => partsLeftOut(item).map((smaller) => value.with(index, smaller))),
    ]
  }
  const entries = Object.entries(value)
  return [
    ...entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))),
    ...entries.flatMap(([key, part]) => partsLeftOut(part).map((smaller) => ({ ...value, [key]: smaller }))),
  ]
}
