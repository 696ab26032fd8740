import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCluster, parseCluster, type Cluster } from '../../src/index.js'
import { ask } from '../support/cli-io.js'

const FOLDER = 'fixtures/impostors'
const CLUSTER = 'fixtures/clusters/demo'

/** What is said of each file, with its line. */
const SAID: Readonly<Record<string, readonly [line: number, message: string, help: string]>> = {
  'git-lfs-pointer.yaml': [
    1,
    'the file is a git-lfs pointer, not the manifest itself',
    'fetch the content: git lfs pull',
  ],
  'ansible-vault.yaml': [
    1,
    'the file is encrypted with Ansible Vault',
    'decrypt it and pipe it in: ansible-vault view FILE | netpol-sim … -f -',
  ],
  'git-crypt.yaml': [1, 'the file is encrypted with git-crypt', 'decrypt it with `git-crypt unlock`'],
  'merge-conflict.yaml': [
    8,
    'the file has an unresolved merge conflict',
    'keep one side, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`',
  ],
  'merge-conflict-over-documents.yaml': [
    5,
    'the file has an unresolved merge conflict',
    'keep one side, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`',
  ],
  'sops-policy.yaml': [
    1,
    'the document is encrypted with SOPS',
    'decrypt it and pipe it in: sops decrypt FILE | netpol-sim … -f -',
  ],
  'sops-all.json': [
    1,
    'the document is encrypted with SOPS',
    'decrypt it and pipe it in: sops decrypt FILE | netpol-sim … -f -',
  ],
}

/** Encrypted, and no policy as far as it shows: answers can do without it. */
const DISPENSABLE = ['ansible-vault.yaml', 'sops-all.json', 'git-crypt.yaml']

/** Manifests that only look like one of them. */
const HARMLESS = ['sops-secret.yaml']

const root = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})

function errorsOf({ diagnostics }: Cluster): readonly unknown[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, file, line, message, help }) => ({ code, file, line, message, help }))
}

test('every fixture is spoken of', () => {
  expect(readdirSync(FOLDER).sort()).toEqual([...Object.keys(SAID), ...HARMLESS].sort())
})

describe.each(Object.entries(SAID))('NP029: %s', (name, [line, message, help]) => {
  const text = readFileSync(join(FOLDER, name), name === 'git-crypt.yaml' ? 'latin1' : 'utf8')

  test('as text, with the line ends of either world', () => {
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const cluster = parseCluster([{ file: name, text: written }])
      expect(errorsOf(cluster)).toEqual([{ code: 'NP029', file: name, line, message, help }])
      expect(cluster.inventory).toMatchObject({ files: 1, used: 0, irrelevant: 0, empty: 0, template: 0, error: 1 })
      expect(cluster.answerable).toBe(false)
    }
  })

  const isDispensable = DISPENSABLE.includes(name)

  test.skipIf(!isDispensable)(
    'B8: among manifests in a folder: the answer is incomplete, and the reason is a warning',
    () => {
      const folder = join(root, name.replace('.', '-'))
      cpSync(CLUSTER, folder, { recursive: true })
      cpSync(join(FOLDER, name), join(folder, name))
      const cluster = loadCluster(folder)
      expect(cluster).toMatchObject({ answerable: true, incomplete: true })
      const said = cluster.diagnostics.filter(({ code }) => code === 'NP029')
      const what = name === 'sops-all.json' ? 'document' : 'file'
      expect(said).toMatchObject([{ severity: 'warning', line, message: `${message}; the ${what} was left out`, help }])
      expect(loadCluster(folder, { strict: true }).answerable).toBe(false)
    },
  )

  test.skipIf(isDispensable)(
    'among manifests in a folder: the others are read, and no answer is given without it',
    () => {
      const folder = join(root, name.replace('.', '-'))
      cpSync(CLUSTER, folder, { recursive: true })
      cpSync(join(FOLDER, name), join(folder, name))
      const [alone, cluster] = [loadCluster(CLUSTER), loadCluster(folder)]
      expect(errorsOf(cluster)).toEqual([{ code: 'NP029', file: join(folder, name), line, message, help }])
      expect(cluster.inventory).toEqual({ ...alone.inventory, files: alone.inventory.files + 1, error: 1 })
      expect([cluster.answerable, cluster.policies.length]).toEqual([false, alone.policies.length])
      expect(loadCluster(folder, { keepGoing: true })).toMatchObject({ answerable: true, incomplete: true })
    },
  )

  test('on standard input of the command: exit code 2', async () => {
    const { code, stderr } = await ask(text, ['a/x', 'a/z:80'])
    expect(code).toBe(2)
    expect(stderr).toContain(`error[NP029]: ${message}`)
  })
})

test.each(HARMLESS)('%s decides nothing', (name) => {
  const { diagnostics, inventory } = loadCluster([join(FOLDER, name), CLUSTER])
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(inventory).toMatchObject({ irrelevant: 1, error: 0 })
})

test.each([
  ['a lone line of equals signs', 'a: 1\n=======\n'],
  ['markers inside a block scalar', 'data: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> main\n'],
  ['markers in the wrong order', '# >>>>>>> a\n# =======\n# <<<<<<< b\n'],
  ['a key called sops', 'kind: ConfigMap\nsops: {mac: x}\n'],
  ['a pointer that is quoted', 'note: version https://git-lfs.github.com/spec/v1\n'],
])('%s is no impostor', (_, text) => {
  expect(parseCluster(text).diagnostics.map(({ code }) => code)).not.toContain('NP029')
})
