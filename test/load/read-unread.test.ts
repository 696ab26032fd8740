import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadCluster } from '../../src/index.js'
import { readInputs } from '../../src/load/files/read.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-unread-'))
  put('k8s/pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n')
  put('far/policy.yaml', '# a policy\n')
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const link = (path: string, target: string) => {
  symlinkSync(target, join(root, path))
}

/** What is warned about, as `code path`. */
function warned(paths: readonly string[] = ['k8s'], exclude: readonly string[] = []): readonly string[] {
  const named = paths.map((path) => join(root, path))
  return readInputs(named, { exclude }).warnings.map(({ code, file }) => `${code} ${file.replace(`${root}/`, '')}`)
}

describe('a link to a folder is not followed (NP135)', () => {
  test('and each is warned about, whatever its name', () => {
    link('k8s/shared', '../far')
    link('k8s/x.yaml', '../far')
    link('k8s/x.yaml.bak', root)
    put('k8s/deep/a.yaml')
    link('k8s/deep/up', '../..')
    expect(warned()).toEqual(['k8s/deep/up', 'k8s/shared', 'k8s/x.yaml', 'k8s/x.yaml.bak'].map((at) => `NP135 ${at}`))
    const { files, problems, remarks, warnings } = readInputs([join(root, 'k8s')], {})
    expect([files.length, problems, remarks]).toEqual([2, [], []])
    expect(warnings[1]).toEqual({
      code: 'NP135',
      file: join(root, 'k8s/shared'),
      message: 'links to folders are not followed: nothing in the one that this leads to was read',
      help: 'name the folder itself with -f as well, or leave the link out with --exclude',
    })
  })

  test('but not where it leads into what is read anyway', () => {
    link('k8s/shared', '../far')
    link('k8s/self', '.')
    put('k8s/deep/a.yaml')
    link('k8s/deeper', 'deep')
    expect(warned(['k8s', 'far'])).toEqual([])
    expect(warned(['far', 'k8s'])).toEqual([])
    expect(warned(['k8s', 'k8s/shared'])).toEqual([])
    expect(warned([''])).toEqual([])
  })

  test('a folder whose name only begins like that of one that is read is another one', () => {
    put('k8s-more/policy.yaml')
    link('k8s/more', '../k8s-more')
    expect(warned()).toEqual(['NP135 k8s/more'])
  })

  test('what is left out of every folder is not read, so a link into it is warned about', () => {
    put('k8s/node_modules/rules/policy.yaml')
    link('k8s/rules', 'node_modules/rules')
    expect(warned()).toEqual(['NP135 k8s/rules'])
    expect(warned(['k8s/node_modules', 'k8s'])).toEqual([])
  })

  test('what is excluded is not mentioned', () => {
    link('k8s/shared', '../far')
    for (const glob of ['shared', 'shared/', '/shared', join(root, 'k8s/shared')])
      expect(warned(['k8s'], [glob])).toEqual([])
    put('k8s/old/policy.yaml')
    link('k8s/older', 'old')
    expect(warned(['k8s'], ['shared', 'old'])).toEqual([])
  })

  test('is said once, however many of the named folders hold it', () => {
    put('k8s/deep/a.yaml')
    link('k8s/deep/shared', '../../far')
    expect(warned(['k8s', 'k8s/deep'])).toEqual(['NP135 k8s/deep/shared'])
  })

  test('that leads nowhere is none, unless it has the name of a manifest', () => {
    link('k8s/.#pod.yaml~', 'nobody@nowhere')
    expect(readInputs([join(root, 'k8s')], {})).toMatchObject({ problems: [], warnings: [] })
  })

  test('is a warning, and an error for strict', () => {
    link('k8s/shared', '../far')
    const load = (strict: boolean) => loadCluster(join(root, 'k8s'), { strict })
    const codes = (strict: boolean) => load(strict).diagnostics.map(({ code, severity }) => `${severity} ${code}`)
    expect([load(false).answerable, load(true).answerable]).toEqual([true, false])
    expect([codes(false)[0], codes(true)[0]]).toEqual(['warning NP135', 'error NP135'])
  })
})

describe('what has the name of a manifest but is no file (NP135)', () => {
  test('is warned about, directly and through a link, and nobody waits for it', async () => {
    execFileSync('mkfifo', [join(root, 'k8s/a.yaml'), join(root, 'k8s/notes.txt')])
    link('k8s/b.yml', 'a.yaml')
    link('k8s/c.json', '/dev/null')
    link('k8s/d.json', '/dev/null')
    const server = createServer().listen(join(root, 'k8s/e.yaml'))
    await new Promise((resolve) => server.once('listening', resolve))
    const { warnings, problems, files } = readInputs([join(root, 'k8s')], {})
    await new Promise((resolve) => server.close(resolve))
    expect([files.length, problems]).toEqual([1, []])
    expect(warnings.map(({ code, file, message }) => `${code} ${file.replace(root, '')} ${message}`)).toEqual([
      'NP135 /k8s/a.yaml a pipe with the name of a manifest was not read',
      'NP135 /k8s/b.yml a pipe with the name of a manifest was not read',
      'NP135 /k8s/c.json a device with the name of a manifest was not read',
      'NP135 /k8s/d.json a device with the name of a manifest was not read',
      'NP135 /k8s/e.yaml a socket with the name of a manifest was not read',
    ])
  })

  test('is not mentioned where it is excluded', () => {
    execFileSync('mkfifo', [join(root, 'k8s/a.yaml')])
    expect(warned(['k8s', 'k8s'])).toEqual(['NP135 k8s/a.yaml'])
    expect(warned(['k8s'], ['a.yaml'])).toEqual([])
  })
})
