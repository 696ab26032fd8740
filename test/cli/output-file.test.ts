import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'
import { BIN, bash, buildIfStale } from '../support/cli-process.js'

beforeAll(buildIfStale, 120_000)

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-output-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const QUESTION = 'check -f fixtures/clusters/production production/frontend production/backend:8080'.split(' ')
const isRoot = process.getuid?.() === 0

/** Asks with an output file: the code, stderr, and what is left in the folder. */
async function ask(file: string, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await run([...QUESTION, '-q', '--output-file', file, ...flags])
  return { code, stdout, stderr, names: readdirSync(root).toSorted() }
}

describe('--output-file', () => {
  test.each([[[]], [['-v']], [['-o', 'json']]])(
    'holds what stdout would, and nothing is printed: %j',
    async (flags) => {
      const { stdout } = await run([...QUESTION, '-q', ...flags])
      expect(await ask(join(root, 'out'), ...flags)).toEqual({ code: 0, stdout: '', stderr: '', names: ['out'] })
      expect(readFileSync(join(root, 'out'), 'utf8')).toBe(stdout)
    },
  )

  test('is no terminal: no colours and no lines drawn', async () => {
    const question = 'check -f fixtures/clusters/production production/any production/any:8080'.split(' ')
    const { stdout } = await run(question)
    expect((await run(question, { stdout: 100 })).stdout).not.toBe(stdout)
    expect((await run([...question, '--output-file', join(root, 'out')], { stdout: 100 })).stdout).toBe('')
    expect(readFileSync(join(root, 'out'), 'utf8')).toBe(stdout)
  })

  test('replaces a file and keeps its permissions', async () => {
    writeFileSync(join(root, 'out'), 'x'.repeat(9999))
    chmodSync(join(root, 'out'), 0o640)
    expect(await ask(join(root, 'out'))).toMatchObject({ code: 0, names: ['out'] })
    expect(readFileSync(join(root, 'out'), 'utf8')).toMatch(/^ALLOWED .*\n$/)
    expect(statSync(join(root, 'out')).mode & 0o7777).toBe(0o640)
  })

  test.each(['../secret', 'secret', 'nowhere', '/dev/null'])('that is a link is refused: to %s', async (target) => {
    writeFileSync(join(root, 'secret'), 'before')
    symlinkSync(target, join(root, 'out'))
    const { code, stderr, names } = await ask(join(root, 'out'))
    expect([code, names]).toEqual([2, ['out', 'secret']])
    expect(stderr).toBe(`error: the output could not be written: \`${join(root, 'out')}\` is a link, expected a file\n`)
    expect(readFileSync(join(root, 'secret'), 'utf8')).toBe('before')
  })

  test('behind a link out of the current folder is refused', () => {
    mkdirSync(join(root, 'far'))
    mkdirSync(join(root, 'repo'))
    symlinkSync('../far', join(root, 'repo/out'))
    symlinkSync('.', join(root, 'repo/same'))
    const ask = `bin ${QUESTION.join(' ').replace('fixtures', join(process.cwd(), 'fixtures'))} -q --output-file`
    const { stdout, stderr } = bash(`cd ${root}/repo && ${ask} out/a.txt; ${ask} same/a.txt; ${ask} out/../b.txt`)
    expect(stdout).toBe('codes 0\n')
    expect(stderr).toContain('`out/a.txt` lies behind a link that leads out of the current folder')
    expect([readdirSync(join(root, 'far')), existsSync(join(root, 'repo/a.txt'))]).toEqual([[], true])
    expect([existsSync(join(root, 'b.txt')), existsSync(join(root, 'repo/b.txt'))]).toEqual([false, true])
  })

  test('that cannot be written is 2, whatever the verdict', async () => {
    for (const path of ['', 'none/out']) {
      const { code, stdout, stderr, names } = await ask(join(root, path))
      expect({ code, stdout, names }).toEqual({ code: 2, stdout: '', names: [] })
      expect(stderr).toMatch(/^error: the output could not be written: /)
    }
    symlinkSync('loop', join(root, 'loop'))
    expect(await ask(join(root, 'loop'))).toMatchObject({ code: 2, names: ['loop'] })
  })

  test.skipIf(isRoot)('that may not be written is 2, and stays', async () => {
    writeFileSync(join(root, 'out'), 'before')
    chmodSync(join(root, 'out'), 0o444)
    expect(await ask(join(root, 'out'))).toMatchObject({ code: 2, names: ['out'] })
    chmodSync(root, 0o555)
    expect(await ask(join(root, 'new'))).toMatchObject({ code: 2, names: ['out'] })
    chmodSync(root, 0o755)
    expect(readFileSync(join(root, 'out'), 'utf8')).toBe('before')
  })

  test('stays as it was where there is no answer, except in JSON', async () => {
    writeFileSync(join(root, 'out'), 'before')
    expect(await ask(join(root, 'out'), '--pod-cidr', 'x')).toMatchObject({ code: 2, stdout: '' })
    expect(readFileSync(join(root, 'out'), 'utf8')).toBe('before')
    expect(await ask(join(root, 'out'), '--pod-cidr', 'x', '-o', 'json')).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(readFileSync(join(root, 'out'), 'utf8'))).toMatchObject({ verdict: null })
  })

  test('with an empty name is a mistake', async () => {
    expect(await ask('')).toMatchObject({ code: 2, stderr: 'error: `--output-file` needs a name\n', names: [] })
  })
})

describe.skipIf(!existsSync('/dev/full'))('what is no regular file is written directly', () => {
  const question = `bin ${QUESTION.join(' ')} -q`

  test('/dev/stdout', () => {
    expect(bash(`${question} --output-file /dev/stdout | cat`).stdout).toMatch(/^ALLOWED .*\ncodes 0 0\n$/)
    expect(bash(`${question} --output-file /dev/stdout | true`)).toMatchObject({ stdout: 'codes 0 0\n', stderr: '' })
  })

  test('/dev/full is 2', () => {
    const { stdout, stderr } = bash(`${question} --output-file /dev/full`)
    expect([stdout, stderr]).toEqual([
      'codes 2\n',
      expect.stringMatching(/^error: the output could not be written: .*ENOSPC.*\n$/),
    ])
  })

  test('/dev/null', () => {
    expect(bash(`${question} --output-file /dev/null`).stdout).toBe('codes 0\n')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test('a pipe that nobody reads is 2, and nobody waits', () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    const { stdout, stderr } = bash(`${question} --output-file ${root}/pipe`)
    expect(stdout).toBe('codes 2\n')
    expect(stderr).toBe(`error: the output could not be written: nobody reads the pipe \`${root}/pipe\`\n`)
  })

  test('a slow pipe gets all of it', () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    const many = 'check any any -v -f fixtures/clusters/demo -o json'
    const whole = bash(`bin ${many} 2>/dev/null | wc -c`).stdout
    const { stdout } = bash(
      `(sleep 1; wc -c) < ${root}/pipe & sleep 0.3; bin ${many} --output-file ${root}/pipe 2>/dev/null; wait`,
    )
    expect(/^\d+/m.exec(stdout)?.[0]).toBe(/^\d+/m.exec(whole)?.[0])
  })

  test('a pipe', () => {
    const pipe = join(root, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(bash(`cat ${pipe} & ${question} --output-file ${pipe}; wait`).stdout).toMatch(/^ALLOWED .*\n/)
    expect(statSync(pipe).isFIFO()).toBe(true)
  })
})

test('an interrupt ends at once, while manifests are waited for', async () => {
  const child = spawn(process.execPath, [BIN, 'check', '-f', '-', 'a', 'b'], { stdio: ['pipe', 'pipe', 'pipe'] })
  await new Promise((resolve) => setTimeout(resolve, 500))
  child.kill('SIGINT')
  const signal = await new Promise((resolve) =>
    child.once('exit', (_, ending) => {
      resolve(ending)
    }),
  )
  expect(signal).toBe('SIGINT')
})

test('standard input that never ends is too large', () => {
  const { stdout, stderr } = bash('yes "# comment" | bin check -f - --max-input 5M a b')
  expect(stdout).toBe('codes 141 2\n')
  expect(stderr).toMatch(/NP028.*the input is larger than 5 MiB/)
})

test.skipIf(!existsSync('/usr/bin/script'))('standard input that is a terminal says what is waited for', () => {
  const manifests = readFileSync('fixtures/clusters/production/production.yaml', 'utf8')
  const command = `${process.execPath} ${BIN} check -q -f - production/frontend production/backend:8080`
  const { stdout } = bash(`script -qec '${command}' /dev/null`, `${manifests}\u0004`)
  expect(stdout).toMatch(/reading manifests from the terminal; end with Ctrl-D[^]*ALLOWED/)
})
