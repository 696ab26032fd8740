import { describe } from 'vitest'
import { law } from '../support/laws.js'
import { dictOf, type Dict } from '../support/laws-json.js'
import type { Random } from '../support/laws-random.js'
import { bytesOf, commented, filesOf, shared, streamOf, styleOf, typedLists, yamlOf } from '../support/laws-text.js'

const list = (items: readonly Dict[]): Dict => ({ apiVersion: 'v1', kind: 'List', metadata: {}, items })

const stream = (objects: readonly Dict[], random: Random): string =>
  streamOf(
    objects.map((object) => commented(yamlOf(object), random)),
    random,
  )

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
    after: filesOf([stream(objects, random)]),
  }))

  law('with anchors and aliases', ({ objects }) => ({
    after: filesOf(objects.map((object) => yamlOf(dictOf(shared(object)), {}, true))),
  }))

  law('with anchors and aliases across the items of a list', ({ objects }) => ({
    after: filesOf([yamlOf(dictOf(shared(list(objects))), {}, true)]),
  }))

  law('as a List, as several, or as lists of their kinds', ({ objects, random }) => {
    const [a, b] = random.parted(objects)
    const several = [list(a), ...b.slice(1), list(b.slice(0, 1))]
    const all = random.pick([[list(objects)], several, typedLists(objects), [list(a), ...typedLists(b)]])
    return {
      after: filesOf([
        streamOf(
          all.map((object) => yamlOf(object, styleOf(random))),
          random,
        ),
      ]),
    }
  })

  law('with Windows line ends', ({ objects, random }) => ({
    after: filesOf([stream(objects, random).replaceAll('\n', '\r\n')]),
  }))

  law('with a byte order mark, in UTF-8 or UTF-16', ({ objects, random }) => ({
    after: bytesOf(stream(objects, random), random.pick(['utf8', 'utf16le', 'utf16be'])),
  }))
})
