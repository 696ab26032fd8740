import { describe } from 'vitest'
import { law } from '../support/laws.js'
import { dictOf, type Dict } from '../support/laws-json.js'
import { commented, filesOf, shared, streamOf, styleOf, typedLists, yamlOf } from '../support/laws-text.js'

const list = (items: readonly Dict[]): Dict => ({ apiVersion: 'v1', kind: 'List', metadata: {}, items })

describe('however the same objects are written:', () => {
  law('JSON documents, one after another or pretty', ({ objects, random }) => ({
    after: filesOf([objects.map((object) => JSON.stringify(object, null, random.int(4))).join('\n')]),
  }))

  law('a stream of YAML documents', ({ objects, random }) => ({
    after: filesOf([
      streamOf(
        objects.map((object) => yamlOf(object)),
        random,
      ),
    ]),
  }))

  law('YAML of any style, flow and block, in several files', ({ objects, random }) => ({
    after: filesOf(
      random
        .parted(objects)
        .filter((part) => part.length > 0)
        .map((part) =>
          streamOf(
            part.map((object) => yamlOf(object, styleOf(random))),
            random,
          ),
        ),
    ),
  }))

  law('with comments', ({ objects, random }) => ({
    after: filesOf([
      streamOf(
        objects.map((object) => commented(yamlOf(object), random)),
        random,
      ),
    ]),
  }))

  law('with anchors and aliases', ({ objects }) => ({
    after: filesOf(objects.map((object) => yamlOf(dictOf(shared(object)), {}, true))),
  }))

  law('with anchors and aliases across the items of a list', ({ objects }) => ({
    after: filesOf([yamlOf(dictOf(shared(list(objects))), {}, true)]),
  }))

  law('as a List, in lists in lists, or as lists of their kinds', ({ objects, random }) => {
    const [a, b] = random.parted(objects)
    const nested = list([list(a), ...b.slice(1), list(b.slice(0, 1))])
    const all = random.pick([[nested], typedLists(objects), [list(typedLists(a)), ...typedLists(b)]])
    return {
      after: filesOf([
        streamOf(
          all.map((object) => yamlOf(object, styleOf(random))),
          random,
        ),
      ]),
    }
  })

  law('with Windows line ends, and a byte order mark', ({ objects, random }) => {
    const text = streamOf(
      objects.map((object) => commented(yamlOf(object), random)),
      random,
    )
    return { after: filesOf([`${random.chance(50) ? '\ufeff' : ''}${text.replaceAll('\n', '\r\n')}`]) }
  })
})
