import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const DEMO = ['check', '-f', 'fixtures/clusters/demo']
const QUESTION = ['shop/cart', 'shop/orders-db:5432']

describe('a mistake in the command line ends with 2, on stderr only', () => {
  test.each([
    ['an unknown command', ['chekc', ...QUESTION], /unknown command 'chekc'[^]*did you mean check/i],
    ['an unknown command with nothing like it', ['frobnicate'], /unknown command 'frobnicate'/],
    ['an unknown flag', [...DEMO, ...QUESTION, '--strickt'], /unknown option '--strickt'[^]*did you mean --strict/i],
    ['an unknown flag before the command', ['--frob', ...DEMO, ...QUESTION], /unknown option '--frob'/],
    ['no peer', ['check'], /missing required argument 'from'/],
    ['one peer', [...DEMO, 'shop/cart'], /missing required argument 'to/],
    ['three peers', [...DEMO, ...QUESTION, 'shop/cart'], /too many arguments/],
    ['a flag without its value', [...DEMO, ...QUESTION, '-n'], /-n, --namespace <ns>' argument missing/],
    ['an unknown format', [...DEMO, ...QUESTION, '-o', 'xml'], /'xml' is invalid.*text, json/],
    ['an unknown colour', [...DEMO, ...QUESTION, '--color', 'maybe'], /'maybe' is invalid.*always, never, auto/],
    ['an unknown colour before the command', ['--color', 'no', ...DEMO, ...QUESTION], /'no' is invalid.*always, never/],
    ['an unknown reading of ipBlock', [...DEMO, ...QUESTION, '--ipblock-pods', 'x'], /'x' is invalid.*match, never/],
    [
      'an unknown reading of hostNetwork',
      [...DEMO, ...QUESTION, '--host-network', 'x'],
      /'x' is invalid.*ignore, enforce/,
    ],
    ['a size that is none', [...DEMO, ...QUESTION, '--max-input', 'much'], /`much` is not a size: write 500M or 4G/],
    [
      'a pod CIDR that is none',
      [...DEMO, ...QUESTION, '--pod-cidr', '10.0.0.0/33'],
      /NP030.*the pod CIDR `10.0.0.0\/33`/,
    ],
  ])('%s', async (_, argv, message) => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/has a bug|^ +at /m)
  })

  test('no command at all, and then the help goes to stderr', async () => {
    const { code, stdout, stderr } = await run([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^Usage: netpol-sim/)
  })
})

describe('a mistake in the question ends with 2 and says what to write instead', () => {
  test.each([
    [
      'a misspelt name',
      ['shop/cartt', 'shop/orders-db:5432'],
      /NP031.*`shop\/cartt`[^]*did you mean `shop\/Deployment\/cart`/,
    ],
    ['a misspelt namespace', ['shopp/cart', 'shop/orders-db:5432'], /`shopp\/cart`[^]*did you mean `shop\/cart`/],
    ['a name of another namespace', ['cart', 'shop/orders-db:5432'], /`cart`[^]*there is `shop\/Deployment\/cart`/],
    ['a misspelt destination', ['shop/cart', 'shop/orders-dbb:5432'], /did you mean `shop\/StatefulSet\/orders-db`/],
    ['a misspelt label value', ['shop/app=carts', 'shop/orders-db:5432'], /did you mean `app=cart`/],
    ['a misspelt label key', ['shop/appp=cart', 'shop/orders-db:5432'], /did you mean the label key `app`/],
    ['a misspelt port name', ['shop/cart', 'shop/orders-db:postgress'], /did you mean `postgres`/],
    ['a glob that nothing fits', ['team-*/any', 'shop/orders-db:5432'], /NP031/],
    ['a selector that is none', ['shop/app=web=api', 'shop/orders-db:5432'], /NP030[^]*kubectl -l/],
    ['a CIDR that is none', ['10.0.0.0/33', 'shop/orders-db:5432'], /NP030.*10.0.0.0\/33/],
    ['a peer that is none', ['shop/a/b/c', 'shop/orders-db:5432'], /NP030[^]*a peer is/],
    ['an empty peer', ['', 'shop/orders-db:5432'], /NP030/],
    ['a port behind the source', ['shop/cart:80', 'shop/orders-db:5432'], /NP030.*source port/],
    ['two ends outside', ['1.2.3.4', 'internet:443'], /NP030.*neither end is a pod/],
  ])('%s', async (_, question, message) => {
    const { code, stdout, stderr } = await run([...DEMO, ...question])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

describe('help and version', () => {
  test.each([[['--help']], [['-h']], [['help']], [['check', '--help']], [['help', 'check']], [['demo', '--help']]])(
    '%j is an answer: stdout and 0',
    async (argv) => {
      const { code, stdout, stderr } = await run(argv)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/^Usage: netpol-sim/)
    },
  )

  test('--version prints the version and nothing else', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' })
  })

  test('help names every flag of check that there is', async () => {
    const { stdout } = await run(['check', '--help'])
    for (const flag of [
      '-f, --filename',
      '-n, --namespace',
      '-o, --output',
      '--expect',
      '--ipblock-pods',
      '--host-network',
    ])
      expect(stdout).toContain(flag)
    for (const flag of [
      '--pod-cidr',
      '--strict',
      '--lenient',
      '--keep-going',
      '--max-input',
      '--exclude',
      '--output-file',
      '--config',
      '-q, --quiet',
      '-v, --verbose',
    ])
      expect(stdout).toContain(flag)
  })
})
