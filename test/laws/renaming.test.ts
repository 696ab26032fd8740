import { describe } from 'vitest'
import type { End } from '../reference/evaluate.js'
import { LABELS, NAME_LABEL, NAMESPACES, PORT_NAMES } from '../reference/generate-universe.js'
import { law, type Pair, type Sample } from '../support/laws.js'
import { at, dictOf, isKind, nameOf } from '../support/laws-json.js'
import { anew, askAbout, relabelled, rewrite, to, withNamespaces } from '../support/laws-names.js'
import type { Random } from '../support/laws-random.js'

describe('names mean nothing:', () => {
  law('of namespaces', ({ objects, random }) => {
    const names = anew(NAMESPACES, ['other', 'kube-system'], random)
    return {
      after: withNamespaces(objects, names),
      ask: askAbout((namespace, pod) => `${to(names, namespace)}/${pod}`),
    }
  })

  law('of the namespace that objects without one are in', ({ objects }) => {
    const names = new Map([['default', 'chosen']])
    const unplaced = withNamespaces(objects, names).map((object, index) => {
      if (at(objects[index], 'metadata', 'namespace') !== undefined || isKind(object, 'Namespace')) return object
      return {
        ...object,
        metadata: { ...dictOf(objects[index]?.['metadata']), labels: at(object, 'metadata', 'labels') ?? null },
      }
    })
    return {
      after: unplaced,
      loadAfter: { namespace: 'chosen' },
      ask: askAbout((namespace, pod) => `${to(names, namespace)}/${pod}`),
    }
  })

  law('of pods and policies', ({ objects, random }) => {
    const pods = anew(['a', 'b', 'c'], ['web-0', 'd'], random)
    const after = objects.map((object, index) => {
      if (!isKind(object, 'Pod') && !isKind(object, 'NetworkPolicy')) return object
      const name = isKind(object, 'Pod') ? to(pods, nameOf(object)) : `q${1000 - index}`
      return { ...object, metadata: { ...dictOf(object['metadata']), name } }
    })
    return { after, ask: askAbout((namespace, pod) => `${namespace}/${to(pods, pod)}`) }
  })

  law('of label keys', (sample) =>
    relabelling(sample, (random) => {
      const keys = anew(
        LABELS.map(([key]) => key),
        ['toString', 'example.com/tier'],
        random,
      )
      return [(key) => to(keys, key), (_, value) => value]
    }),
  )

  law('of label values', (sample) =>
    relabelling(sample, (random) => {
      const values = anew([...new Set(LABELS.flatMap(([, all]) => all))], ['on.1', 'Db'], random)
      return [(key) => key, (key, value) => (key === NAME_LABEL ? value : to(values, value))]
    }),
  )

  law('of ports', ({ objects, random }) => {
    const names = anew(PORT_NAMES, ['x', 'a-very-long-one'], random)
    const after = objects.map((object) =>
      dictOf(
        rewrite(object, (mapping, where) => {
          if (where !== 'ports') return mapping
          const field = 'containerPort' in mapping ? 'name' : 'port'
          const name = mapping[field]
          return typeof name === 'string' ? { ...mapping, [field]: to(names, name) } : mapping
        }),
      ),
    )
    return { after }
  })

  law('of nodes', ({ objects, random }) => {
    const names = anew(['n1', 'n2', 'n3'], ['n4'], random)
    const end = (one: End): End => ('node' in one ? { node: to(names, one.node) } : one)
    const after = objects.map((object) => {
      if (isKind(object, 'Node')) return { ...object, metadata: { name: to(names, nameOf(object)) } }
      const nodeName = at(object, 'spec', 'nodeName')
      if (typeof nodeName !== 'string') return object
      return { ...object, spec: { ...dictOf(object['spec']), nodeName: to(names, nodeName) } }
    })
    return { after, ask: (question) => ({ ...question, from: end(question.from), to: end(question.to) }) }
  })
})

type Relabelling = [key: (key: string) => string, value: (key: string, value: string) => string]

function relabelling({ objects, random }: Sample, choose: (random: Random) => Relabelling): Pair {
  return { after: relabelled(objects, ...choose(random)) }
}
