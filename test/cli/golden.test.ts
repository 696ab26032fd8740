import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const FOLDER = 'fixtures/cli'

/** Each file begins with a command, and goes on with all that the command says: a new case needs no code. */
describe.each(readdirSync(FOLDER).sort())('fixtures/cli/%s', (file) => {
  test('is what its first line prints, to the letter', async () => {
    const [first = ''] = readFileSync(`${FOLDER}/${file}`, 'utf8').split('\n')
    const { code, stdout, stderr } = await run(first.replace('$ netpol-sim ', '').split(' '))
    const parts = [`${first}\n`, stdout, `--- stderr\n`, stderr, `--- exit code ${code}\n`]
    await expect(parts.join('')).toMatchFileSnapshot(`../../${FOLDER}/${file}`)
  })
})

const BASE = 'check -f fixtures/clusters/production'
const PLACE = 'fixtures/clusters/production/production.yaml:55:7'

describe('the first example: one policy lets pods app=frontend in to pods app=backend, on TCP 8080', () => {
  test.each([
    ['production/frontend production/backend:8080', 0, 'ALLOWED', 'spec.ingress[0]  from[0]  ports[0]'],
    [
      'production/frontend production/backend:8081',
      1,
      'DENIED',
      'spec.ingress[0]: allows 8080/TCP, you asked for 8081/TCP',
    ],
    [
      'production/batch production/backend:8080',
      1,
      'DENIED',
      'spec.ingress[0]: from[0] wants app=frontend, production/batch has app=batch',
    ],
  ])('%s', async (question, code, verdict, reason) => {
    const answer = await run(`${BASE} ${question}`.split(' '))
    expect(answer.code).toBe(code)
    expect(answer.stdout.split(' ')[0]).toBe(verdict)
    expect(answer.stdout).toContain(`production/backend-from-frontend  ${PLACE}  ${reason}\n`)
  })
})

describe('demo', () => {
  test('shows one flow that is allowed and one that is denied, and the commands that made the answers', async () => {
    const { code, stdout, stderr } = await run(['demo'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const shown = [...stdout.matchAll(/^\$ netpol-sim (.*)\n([^]*?\n)(?=\n\$|\nLook)/gm)]
    expect(stdout.match(/^(?:ALLOWED|DENIED) /gm)).toEqual(['ALLOWED ', 'DENIED '])
    expect(shown).toHaveLength(2)
    for (const [, command = '', output] of shown) expect((await run(command.split(' '))).stdout).toBe(output)
  })
})
