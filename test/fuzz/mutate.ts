import type { Random } from './random.js'

/** Pieces with a meaning to some reader: of YAML, of JSON, of Kubernetes, of terminals, of git and of Helm. */
export const PIECES: readonly string[] = [
  ...[
    '---\n',
    '\n---\n',
    '--- x\n',
    '...\n',
    '%YAML 1.1\n',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\n\n',
    '\n  ',
    '# c\n',
  ],
  ...[
    ': ',
    ':',
    '- ',
    '-',
    '? ',
    '?',
    ', ',
    ',',
    '[',
    ']',
    '{',
    '}',
    '[]',
    '{}',
    '"',
    "'",
    '""',
    "''",
    '\\',
    '#',
    ' #',
  ],
  ...[
    '&a ',
    '*a',
    '&a',
    '<<: *a\n',
    '<<: ',
    '!!str ',
    '!!int ',
    '!!binary ',
    '!x ',
    '!!set ',
    '!<',
    '|\n',
    '>-\n',
    '|2\n',
  ],
  ...[
    '~',
    'null',
    'true',
    'no',
    'on',
    'y',
    '010',
    '0o17',
    '0x1F',
    '1_000',
    '.inf',
    '.nan',
    '1e3',
    '1:30',
    '2001-01-01',
  ],
  ...[
    '-0',
    '+1',
    '18446744073709551616',
    '9007199254740993',
    '1.10',
    '__proto__',
    'constructor',
    'toString',
    'a',
    'é',
    '日',
  ],
  ...[
    'kind: NetworkPolicy\n',
    'kind: List\nitems:\n',
    'apiVersion: v1\n',
    'metadata: {name: a}\n',
    'spec: {}\n',
    'items: []\n',
  ],
  ...['podSelector: {}', 'ports: [{port: 80, endPort: 81}]', 'ipBlock: {cidr: 10.0.0.0/8}', '0.0.0.0/0', '::/0', 'TCP'],
  ...[
    '{{ .Values.x }}',
    '{{- if .x }}\n',
    '<<<<<<< HEAD\n',
    '=======\n',
    '>>>>>>> b\n',
    'sops: {mac: x}\n',
    '$ANSIBLE_VAULT;',
  ],
  ...[
    '\0',
    '\u0007',
    '\u001b[31m',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\ufffe',
    '\ud800',
    '\u00a0',
    '😀',
  ],
  ...[
    '\\u0041',
    '\\x41',
    '\\ud83d',
    '\\/',
    '\\\n',
    '\\n',
    '{"a": 1}',
    '"a": ',
    '[1, 2',
    '::error::x',
    '1e999',
    '-'.repeat(70),
  ],
]

type Change = (text: string, random: Random, other: () => string) => string

const CHANGES: readonly Change[] = [
  (text, random) => insert(text, random, random.pick(PIECES)),
  (text, random) => insert(text, random, random.pick(PIECES)),
  (text, random) => insertAtLine(text, random, random.pick(PIECES)),
  (text, random) => replace(text, random, 1, random.pick(PIECES)),
  (text, random) => replace(text, random, 1, String.fromCharCode(random.below(random.oneIn(4) ? 65536 : 128))),
  (text, random) => replace(text, random, 1 + random.below(12), ''),
  (text, random) => insert(text, random, pieceOf(text, random)),
  (text, random, other) => insert(text, random, pieceOf(other(), random)),
  (text, random, other) => `${text}${random.pick(['', '\n', '\n---\n', '---\n', ' '])}${other()}`,
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => withLines(text, random, (lines, at) => lines.toSpliced(at, 1)),
  (text, random) => withLines(text, random, (lines, at) => lines.toSpliced(at, 0, lines[at] ?? '')),
  (text, random) =>
    withLines(text, random, (lines, at) => lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '')),
  (text, random) => withLines(text, random, (lines, at) => lines.with(at, ` ${lines[at] ?? ''}`)),
  (text, random) => withLines(text, random, (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ /, ''))),
  (text, random) => withLines(text, random, (lines, at) => lines.with(at, (lines[at] ?? '').replace(/: .*/, ': '))),
  (text) => text.replaceAll('\n', '\r\n'),
]

/** A document of the corpus after one to four random changes. */
export function mutate(documents: readonly string[], random: Random): string {
  const other = (): string => random.pick(documents)
  let text = other()
  for (let changes = 1 + random.below(4); changes > 0; changes -= 1) text = random.pick(CHANGES)(text, random, other)
  return text
}

/** The bytes of a text; now and then some of them are not what they were. */
export function bytesOf(text: string, random: Random): Uint8Array {
  const bytes = Buffer.from(text)
  if (bytes.length > 0 && random.oneIn(8)) bytes[random.below(bytes.length)] = random.below(256)
  return bytes
}

function insert(text: string, random: Random, piece: string): string {
  return replace(text, random, 0, piece)
}

function insertAtLine(text: string, random: Random, piece: string): string {
  return withLines(text, random, (lines, at) => lines.with(at, `${piece}${lines[at] ?? ''}`))
}

function replace(text: string, random: Random, length: number, piece: string): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + piece + text.slice(at + length)
}

function pieceOf(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(at, at + 1 + random.below(40))
}

function withLines(text: string, random: Random, change: (lines: string[], at: number) => string[]): string {
  const lines = text.split('\n')
  return change(lines, random.below(lines.length)).join('\n')
}
