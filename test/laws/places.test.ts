import { expect } from 'vitest'
import { parseCluster, type ManifestText, type PlaceResult } from '../../src/index.js'
import { endText, everywhere, type Sample } from '../support/laws.js'
import { checked } from '../support/laws-check.js'
import {
  dictOf,
  listOf,
  mapPolicies,
  mapRules,
  nameOf,
  namespaceOf,
  policiesOf,
  rulesOf,
  type Dict,
  type Json,
} from '../support/laws-json.js'
import { valueAt } from '../support/laws-places.js'
import type { Random } from '../support/laws-random.js'
import { commented, streamOf, styleOf, yamlOf } from '../support/laws-text.js'

/** Every rule with a port of its own that tells it from all others, and does no harm: nobody asks about it. */
function marked(objects: readonly Dict[], random: Random): Dict[] {
  let number = 20_000
  return mapPolicies(objects, (policy) => {
    const annotations = { 'example.com/note': 'ä 😀: "{[' }
    const noted = { ...policy, metadata: { annotations, ...dictOf(policy['metadata']) } }
    return mapRules(noted, (rule) => {
      const ports = listOf(rule['ports'])
      const all: readonly Json[] = ports.length > 0 ? ports : ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol }))
      return [{ ...rule, ports: random.shuffled([...all, { port: number++, protocol: 'SCTP' }]) }]
    })
  })
}

/** One document, or a List of several, as some tool or author would write it. */
function written(part: readonly Dict[], random: Random): string {
  const [first] = part
  const whole: Dict = part.length === 1 && first !== undefined ? first : { apiVersion: 'v1', kind: 'List', items: part }
  if (random.chance(25)) return JSON.stringify(whole, null, random.pick([0, 1, 2, 4]))
  const yaml = yamlOf(whole, styleOf(random))
  return random.chance(50) ? commented(yaml, random) : yaml
}

/** The objects in a few files, each with a few documents, some of which are lists. */
function filesOf(objects: readonly Dict[], random: Random): readonly ManifestText[] {
  const parts = random.shuffled(objects).reduce<Dict[][]>((all, object) => {
    const last = all.at(-1)
    if (last !== undefined && random.chance(30)) last.push(object)
    else all.push([object])
    return all
  }, [])
  return random
    .parted(parts)
    .filter((part) => part.length > 0)
    .map((part, index) => {
      const text = streamOf(
        part.map((documents) => written(documents, random)),
        random,
      )
      return { file: `file-${index}.yaml`, text: random.chance(25) ? text.replaceAll('\n', '\r\n') : text }
    })
}

/** The place of a rule or policy that an answer names, and the object that must stand there. */
interface Named {
  readonly place: PlaceResult
  readonly wanted: Json
}

/** Every rule and policy that the answers to the sample's questions name. */
function namedIn(
  { questions, options }: Sample,
  objects: readonly Dict[],
  files: readonly ManifestText[],
): readonly Named[] {
  const cluster = parseCluster(files)
  const policies = new Map(policiesOf(objects).map((policy) => [`${namespaceOf(policy)}/${nameOf(policy)}`, policy]))
  const ruleOf = (name: string, path: string): Json => {
    const policy = policies.get(name) ?? {}
    const [, direction, index] = /^spec\.(ingress|egress)(?:\[(\d+)\])?$/.exec(path) ?? []
    if (index === undefined) return policy
    return rulesOf(policy, direction === 'ingress' ? 'ingress' : 'egress')[Number(index)] ?? null
  }
  return questions.flatMap(({ from, to, port, protocol }) => {
    const question = { from: endText(from), to: endText(to), port: `${port}/${protocol}` }
    const { flows } = checked(cluster, question, options, { verbose: true })
    return flows.flatMap(({ egress, ingress }) =>
      [egress, ingress].flatMap((direction): Named[] => [
        ...direction.policies.map((place) => ({
          place,
          wanted: policies.get(`${place.namespace}/${place.name}`) ?? {},
        })),
        ...[...direction.rules, ...direction.nearMisses].map((place) => ({
          place,
          wanted: ruleOf(place.policy, place.path),
        })),
      ]),
    )
  })
}

everywhere(
  'the file, line and column of every rule and policy that is named are where it starts',
  (sample) => {
    const objects = marked(sample.objects, sample.random)
    const files = filesOf(objects, sample.random)
    const named = namedIn(sample, objects, files)
    const places = new Map(
      named.map(({ place: { file, line, column }, wanted }) => [`${file}:${line}:${column}`, wanted]),
    )
    for (const { place, wanted } of named) {
      const { file, line, column } = place
      const text = files.find((one) => one.file === file)?.text ?? ''
      expect(places.get(`${file}:${line}:${column}`), `two things at ${file}:${line}:${column}`).toEqual(wanted)
      expect(valueAt(text, line ?? 0, column ?? 0), `${file}:${line}:${column}\n${text}`).toEqual(wanted)
    }
    return named.length > 0
  },
  0.5,
)
