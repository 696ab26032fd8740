import { writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { range } from './manifest-parts.js'

/** Seven tests for each namespace of a web shop, as a team would write them, so many at most; all of them hold. */
export function shopTests(namespaces, count) {
  const tests = range(Math.min(namespaces, Math.ceil(count / 7)), (index) => {
    const own = `shop-${index}`
    const other = `shop-${(index + 1) % namespaces}`
    const services = ['cart', 'checkout', 'catalog', 'payment', 'search'].map((name) => `${own}/${name}`)
    return [
      `allow ${own}/frontend -> ${own}/checkout:8080`,
      `allow ${own}/checkout -> ${own}/db:5432`,
      `deny ${own}/frontend -> ${own}/db:5432`,
      `deny ${other}/any -> ${own}/db:5432`,
      `deny external -> ${own}/redis:6379`,
      { name: `services of ${own}`, to: `${own}/cart`, ports: [8080], allowOnlyFrom: [`${own}/frontend`] },
      { name: `data of ${own}`, to: [`${own}/db`, `${own}/redis`], ports: [5432, 6379], allowOnlyFrom: services },
    ]
  })
  return tests.flat().slice(0, count)
}

/** Writes the tests of a generated web shop beside it; says where, and how many. */
export function writeShopTests({ folder, pods }, count) {
  const file = join(dirname(folder), `${basename(folder)}-${count}.netpol-test.yaml`)
  const namespaces = Math.max(1, Math.round(pods * 0.03))
  const tests = shopTests(namespaces, count)
  writeFileSync(file, JSON.stringify({ version: 1, inputs: [folder], tests }, null, 2))
  return { file, tests: tests.length }
}
