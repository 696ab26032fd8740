import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadCluster } from '../../src/load/load.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'netpol-sim-')))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'

test('the examples of the running package are no manifests of a dependency; those of a folder of its name are', () => {
  for (const place of ['node_modules/netpol-sim', 'sub/node_modules/netpol-sim']) {
    mkdirSync(join(folder, place), { recursive: true })
    writeFileSync(join(folder, place, 'pod.yaml'), POD)
  }
  writeFileSync(join(folder, 'pod.yaml'), POD)
  const saidWith = (ownPackage?: string) =>
    loadCluster(folder, { ownPackage }).diagnostics.flatMap(({ code, file }) => (code === 'NP135' ? [file] : []))
  expect(saidWith()).toEqual([join(folder, 'node_modules'), join(folder, 'sub/node_modules')])
  expect(saidWith(`${join(folder, 'node_modules/netpol-sim')}/`)).toEqual([join(folder, 'sub/node_modules')])
})
