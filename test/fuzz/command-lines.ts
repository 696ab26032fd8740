import type { Random } from './random.js'

const DEMO = 'fixtures/clusters/demo'

/** Command lines of somebody who wants the command to crash: nearly right, odd, huge, or full of what no terminal takes. */
export function hostileCommandLine(random: Random): readonly string[] {
  const command = random.pick(['check', 'check', 'check', 'matrix', 'matrix', 'explain', 'demo', odd(random)])
  const words =
    command === 'check'
      ? [peer(random), random.oneIn(3) ? peer(random) : `${peer(random)}:${port(random)}`]
      : command === 'explain'
        ? [random.pick(['NP010', 'NP999', 'np1', odd(random)])]
        : []
  if (random.oneIn(12)) words.pop()
  if (random.oneIn(12)) words.push(odd(random))
  const options = Array.from({ length: random.pick([0, 0, 1, 1, 2, 3]) }, () => option(random)).flat()
  // Never the current folder, which takes long to read
  const input = random.pick([
    ['-f', '-'],
    ['-f', DEMO],
    ['-f', DEMO],
    ['-f', DEMO, '-f', '-', '--keep-going'],
  ])
  return [command, ...input, ...options, ...words]
}

const ODD = [
  ...[
    '',
    ' ',
    '-',
    '--',
    '---',
    '*',
    '**',
    '?',
    '[',
    '[a',
    '[]',
    '{',
    '}',
    '\\',
    '/',
    '//',
    '///',
    ':',
    '::',
    ':80',
    '%',
    '!',
    '!x',
  ],
  ...[
    '\0',
    '\n',
    '\r',
    '\u001b[31m',
    '\u202e',
    '\ud83d',
    '\ufeff',
    '\u200b',
    '\u0130',
    'ß',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    '9'.repeat(400),
    '0x10',
    '1.5',
    'NaN',
    'Infinity',
    '-0',
    '٣',
    '65536',
    '00080',
    '1_000',
    '+1',
  ],
  ...[
    'a'.repeat(70_000),
    '*'.repeat(200),
    '(a+)+$',
    'a=b,c',
    'a!=b',
    'a in (b',
    'a in (b,c)',
    '!a',
    'a=',
    '=a',
    ',',
    'a=b,,c=d',
  ],
]
const NAMES = [
  'cart',
  'storefront',
  'frontend',
  'shop',
  'db',
  'web',
  'p0',
  'any',
  'external',
  'internet',
  'node',
  'Pod',
  'Deployment',
  'localhost',
  'app=p0',
  'default',
]
const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '::',
  '::/0',
  '::1',
  '::ffff:1.2.3.4',
  'fe80::1%eth0',
  '1.2.3',
  '256.1.1.1',
  '10.0.0.0/33',
  '010.1.1.1',
  '[::1]',
  '[::1',
  '1::2::3',
  '10.0.0.1/24',
  '::/129',
]

function odd(random: Random): string {
  return random.pick(ODD)
}

function peer(random: Random): string {
  if (random.oneIn(3)) return random.pick(['any', 'internet', 'shop/any', 'shop/cart', 'shop/storefront', '10.0.0.1'])
  switch (random.below(7)) {
    case 0:
      return odd(random)
    case 1:
      return random.pick(ADDRESSES)
    case 2:
      return random.pick(NAMES)
    case 3:
      return `${random.pick(ADDRESSES)} except ${random.pick(ADDRESSES)}`
    case 4:
      return `${random.pick([...NAMES, odd(random)])}/${random.pick([...NAMES, odd(random)])}`
    case 5:
      return `${random.pick(NAMES)}/${random.pick([...NAMES, odd(random)])}/${random.pick([...NAMES, odd(random)])}`
    default:
      return `${random.pick(NAMES)}/${random.pick(NAMES)}{${random.pick([...NAMES, odd(random)])}}`
  }
}

function port(random: Random): string {
  const number = random.pick(['80', '443', '1', '0', '65535', '65536', 'http', 'any', odd(random)])
  const protocol = random.pick(['', '', '/TCP', '/udp', '/SCTP', '/ICMP', '/', `/${odd(random)}`])
  return `${number}${random.oneIn(4) ? `-${random.pick(['90', '0', '65536', odd(random)])}` : ''}${protocol}`
}

function option(random: Random): readonly string[] {
  const name = random.pick([
    ...[
      '--port',
      '--from',
      '--to',
      '--within',
      '--namespace',
      '-n',
      '--limit',
      '--pod-cidr',
      '--max-input',
      '--exclude',
    ],
    ...['--ipblock-pods', '--host-network', '--expect', '-o', '--config', '-f', '--color', `--${odd(random)}`],
  ])
  if (name === '-f' || name === '--config')
    return [name, random.pick(['/nowhere', DEMO, `/nowhere/${odd(random)}`, ''])]
  const value =
    name === '--port'
      ? port(random)
      : ['--from', '--to'].includes(name)
        ? peer(random)
        : random.pick([
            'json',
            'list',
            'csv',
            'text',
            'table',
            'allow',
            'deny',
            'match',
            'never',
            'ignore',
            'always',
            '5',
            '1KiB',
            '2GiB',
            ...ADDRESSES,
            odd(random),
          ])
  if (name === '-o' && value.includes('=')) return []
  const flag = random.pick([
    '--pods',
    '--strict',
    '--keep-going',
    '-q',
    '-v',
    '--no-config',
    '--manifests',
    '--accept-uncertain',
    '--help',
    '--version',
    '--debug',
  ])
  if (random.oneIn(3)) return [flag]
  return random.oneIn(4) ? [`${name}=${value}`] : random.oneIn(15) ? [name] : [name, value]
}
