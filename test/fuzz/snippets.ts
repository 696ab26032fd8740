import { PIECES } from './mutate.js'
import type { Random } from './random.js'

const HEAD = 'apiVersion: v1\nkind: Odd\nmetadata: {name: a}\n'

/** An object of random pieces of YAML, in a block, in brackets or after a key: what no manifest looks like. */
export function snippet(random: Random): string {
  const pieces = Array.from({ length: 1 + random.below(5) }, () => random.pick(PIECES)).join('')
  switch (random.below(4)) {
    case 0:
      return `${HEAD}r: [${pieces}]\nz: end\n`
    case 1:
      return `${HEAD}r: {${pieces}}\nz: end\n`
    case 2:
      return `${HEAD}r:\n  ${pieces}\nz: end\n`
    default:
      return `${HEAD}r: ${pieces}\nz: end\n`
  }
}
