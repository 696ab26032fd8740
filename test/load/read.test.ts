import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readInputs } from '../../src/load/files/read.js'
import { hasTemplateActions } from '../../src/load/kinds/placeholders.js'
import { processorTime } from '../support/processor-time.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-read-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), `# ${path}\n`)
  }
}

const noStdin = { readStdin: () => Buffer.from('') }

function read(paths: readonly string[], options: Partial<Parameters<typeof readInputs>[1]> = {}) {
  const { files, problems, warnings } = readInputs(
    paths.map((path) => (path === '-' ? path : join(root, path))),
    { ...noStdin, ...options },
  )
  const short = (file: string) => file.replace(`${root}/`, '').replace(root, '.')
  return {
    files: files.map(({ file }) => short(file)),
    texts: files.map(({ text }) => text),
    problems: problems.map(({ code, file, message }) => `${code} ${short(file)} ${message}`),
    warnings: warnings.map(({ code, file, message }) => `${code} ${short(file)} ${message}`),
  }
}

describe('a folder', () => {
  test('is read with all manifests below it, in code point order', () => {
    write('b.yaml', 'a/z.yml', 'a/B.json', 'a/a.yaml', 'a.yaml', 'é.yaml', 'notes.txt', 'a/yaml', 'Makefile')
    expect(read([''])).toMatchObject({
      files: ['a/B.json', 'a/a.yaml', 'a/z.yml', 'a.yaml', 'b.yaml', 'é.yaml'],
      problems: [],
    })
  })

  test('leaves out what is not the author’s own', () => {
    write('.git/a.yaml', 'node_modules/x/a.yaml', 'x/.terraform/a.yaml', '.github/a.yaml')
    expect(read(['']).files).toEqual(['.github/a.yaml'])
    expect(read(['node_modules']).files).toEqual(['node_modules/x/a.yaml'])
  })

  test('links to folders are not followed, links to files are read once', () => {
    write('a/one.yaml', 'b/two.yaml')
    symlinkSync(root, join(root, 'a/loop.yaml'))
    symlinkSync('..', join(root, 'a/up'))
    symlinkSync('../b/two.yaml', join(root, 'a/two.yaml'))
    expect(read([''])).toMatchObject({ files: ['a/one.yaml', 'a/two.yaml'], problems: [], warnings: [] })
  })

  test('a link that leads nowhere is a warning: nobody can read what is not there', () => {
    symlinkSync('nowhere', join(root, 'a.yaml'))
    symlinkSync('b.yaml', join(root, 'b.yaml'))
    const said = 'a link with the name of a manifest leads to nothing that is there, and was not read'
    expect(read([''])).toMatchObject({ problems: [], warnings: [`NP135 a.yaml ${said}`, `NP135 b.yaml ${said}`] })
  })

  test('a name that is not UTF-8 is read all the same', () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xff]), Buffer.from('.yaml')]), 'a: 1\n')
    expect(read([''])).toEqual({ files: ['a\ufffd.yaml'], texts: ['a: 1\n'], problems: [], warnings: [] })
  })
})

describe('a path that the user names', () => {
  test('is read whatever it is called, and shown as it was given', () => {
    write('manifest.txt')
    expect(readInputs([`${root}//manifest.txt`], noStdin).files).toMatchObject([{ file: `${root}//manifest.txt` }])
    expect(readInputs([`${root}/`], noStdin).files).toEqual([])
    write('x/a.yaml')
    expect(readInputs([`${root}/x/../x/`], noStdin).files).toMatchObject([{ file: `${root}/x/../x/a.yaml` }])
  })

  test('is read once, however many paths lead to it', () => {
    write('a/b.yaml')
    symlinkSync('a', join(root, 'link'))
    expect(read(['a/b.yaml', '', 'a', 'link', 'a/../a/b.yaml']).files).toEqual(['a/b.yaml'])
  })

  test('may be a link to a folder', () => {
    write('a/b.yaml')
    symlinkSync('a', join(root, 'link'))
    expect(read(['link']).files).toEqual(['link/b.yaml'])
  })

  test('must exist', () => {
    write('a.yaml')
    expect(read(['nowhere.yaml', 'a.yaml/b', 'a\0b']).problems).toEqual([
      'NP001 nowhere.yaml cannot be read: there is no such file or folder',
      'NP001 a.yaml/b cannot be read: there is no such file or folder',
      'NP001 a\0b cannot be read: the path is not valid',
    ])
  })

  test('must be a file or a folder, and nobody waits for a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    const server = createServer().listen(join(root, 'socket'))
    await new Promise((resolve) => server.once('listening', resolve))
    symlinkSync('/dev/null', join(root, 'device'))
    expect(read(['pipe', 'socket', 'device']).problems).toEqual([
      'NP001 pipe is a pipe, expected a file or a folder',
      'NP001 socket is a socket, expected a file or a folder',
      'NP001 device is a device, expected a file or a folder',
    ])
    await new Promise((resolve) => server.close(resolve))
  })

  test('may be a file without a size', () => {
    const { files } = readInputs(['/proc/self/status'], noStdin)
    expect(files[0]?.text).toMatch(/^Name:/)
  })
})

describe('standard input', () => {
  test('is read where `-` stands, once', () => {
    writeFileSync(join(root, 'a.yaml'), 'a: 1\n')
    const readStdin = () => Buffer.from('a: 1\n')
    expect(read(['-', 'a.yaml', '-'], { readStdin })).toMatchObject({ files: ['<stdin>', 'a.yaml'], problems: [] })
  })

  test('that fails is an error', () => {
    const readStdin = () => {
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
    }
    expect(read(['-'], { readStdin }).problems).toEqual(['NP001 <stdin> cannot be read: the disk failed'])
  })
})

describe('bytes', () => {
  test('that are not UTF-8 are an error at their place, and hide no other file', () => {
    write('b.yaml')
    writeFileSync(join(root, 'a.yaml'), Buffer.concat([Buffer.from('kind: Pod\nb: '), Buffer.from([0xff])]))
    const { files, problems } = readInputs([root], noStdin)
    expect(files).toHaveLength(1)
    expect(problems).toMatchObject([{ code: 'NP002', file: `${root}/a.yaml`, line: 2, column: 4 }])
  })

  test('that are not UTF-8 are a warning where no kind that is evaluated can be spelled in them', () => {
    write('b.yaml')
    writeFileSync(join(root, 'a.yaml'), Buffer.concat([Buffer.from('a: 1\nb: '), Buffer.from([0xff])]))
    const { files, problems, warnings } = readInputs([root], noStdin)
    expect([files.length, problems]).toEqual([1, []])
    expect(warnings).toMatchObject([{ code: 'NP136', file: `${root}/a.yaml`, line: 2, column: 4 }])
    // UTF-16 without a mark, and a letter that some reader may drop
    for (const hidden of ['k\0i\0n\0d\0:\0 \0P\0o\0d\0', 'kind: Network\xffPolicy']) {
      writeFileSync(join(root, 'a.yaml'), Buffer.concat([Buffer.from(hidden, 'latin1'), Buffer.from([0xff])]))
      expect(readInputs([root], noStdin).problems).toMatchObject([{ code: 'NP002' }])
    }
  })

  test('more of them than the limit are one error that names the option', () => {
    write('a.yaml', 'b.yaml', 'c.yaml')
    expect(read([''], { maxBytes: 20 })).toMatchObject({
      files: ['a.yaml', 'b.yaml'],
      problems: ['NP028 c.yaml the input is larger than 20 bytes'],
    })
    expect(readInputs([root], { ...noStdin, maxBytes: 10 }).problems[0]?.help).toBe(
      'raise the limit with `--max-input`',
    )
    expect(read(['-'], { maxBytes: 3, readStdin: () => Buffer.from('a: 1') }).problems).toHaveLength(1)
  })

  test('a huge file is refused before it is read, a large one is left to be read in pieces', () => {
    execFileSync('truncate', ['-s', '3G', join(root, 'a.yaml')])
    execFileSync('truncate', ['-s', '1G', join(root, 'b.yaml')])
    const took = processorTime(() => {
      expect(read(['a.yaml']).problems).toEqual(['NP028 a.yaml the input is larger than 2 GiB'])
      expect(read(['b.yaml'])).toEqual({ files: ['b.yaml'], texts: [''], problems: [], warnings: [] })
    })
    expect(took).toBeLessThan(5000)
  })
})

describe('template actions', () => {
  test.each([
    'a: {{ .x }}',
    '  {{- end }}',
    'a: "{{ default "b" .c }}"',
    'a: x-{{ .y }}',
    'a: |\n{{ .Files.Get "x" }}',
    "a: it's {{ .x }}",
  ])('%j has one', (text) => {
    expect(hasTemplateActions(text)).toBe(true)
  })

  test.each([
    '# {{ .x }}',
    'a: "{{ .x }}"',
    "a: 'it''s {{ .x }}'",
    'a: b # {{ .x }}',
    'a: |\n  {{ .x }}\n\n  {{ .y }}\nb: c',
    '- |-\n  {{ .x }}',
    'a: {b: {c: d}}',
  ])('%j has none that YAML would see', (text) => {
    expect(hasTemplateActions(text)).toBe(false)
  })
})
