import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const ARGV = ['check', '-f', 'fixtures/clusters/production', 'production/batch', 'production/backend:8080']
const hasColour = (text: string) => text.includes('\u001b[')

describe('whether there is colour', () => {
  // The flag, NO_COLOR, FORCE_COLOR, whether it is a terminal, and what follows.
  test.each([
    ['', undefined, undefined, false, false],
    ['', undefined, undefined, true, true],
    ['', '1', undefined, true, false],
    ['', '', undefined, true, true],
    ['', undefined, '1', false, true],
    ['', undefined, '3', false, true],
    ['', undefined, '0', true, false],
    ['', undefined, 'false', true, false],
    ['', undefined, '', false, false],
    ['', '1', '1', true, false],
    ['', '1', '1', false, false],
    ['--color=auto', '1', '1', true, false],
    ['--color=auto', undefined, undefined, true, true],
    ['--color=always', '1', '0', false, true],
    ['--color=always', undefined, undefined, true, true],
    ['--color=never', undefined, '1', true, false],
    ['--no-color', undefined, '1', true, false],
  ])('%s NO_COLOR=%s FORCE_COLOR=%s, a terminal: %s: %s', async (flag, noColor, forceColor, terminal, colour) => {
    const columns = terminal ? 200 : null
    const env = { NO_COLOR: noColor, FORCE_COLOR: forceColor }
    for (const argv of flag === ''
      ? [ARGV]
      : [
          [...ARGV, flag],
          [flag, ...ARGV],
        ]) {
      const { stdout, stderr } = await run(argv, { env, stdout: columns, stderr: columns })
      expect([hasColour(stdout), hasColour(stderr)]).toEqual([colour, colour])
    }
  })

  test('is decided for each stream by itself', async () => {
    const left = await run(ARGV, { stdout: 200, stderr: null })
    expect([hasColour(left.stdout), hasColour(left.stderr)]).toEqual([true, false])
    const right = await run(ARGV, { stdout: null, stderr: 200 })
    expect([hasColour(right.stdout), hasColour(right.stderr)]).toEqual([false, true])
  })

  test('is never in JSON', async () => {
    const { stdout } = await run([...ARGV, '-o', 'json', '--color=always'], { stdout: 80 })
    expect(hasColour(stdout)).toBe(false)
  })

  test('changes nothing but the colours', async () => {
    const [plain, colourful] = [await run(ARGV), await run([...ARGV, '--color=always'])]
    // eslint-disable-next-line no-control-regex -- colours begin with one
    expect(colourful.stdout.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(plain.stdout)
  })
})
