/** Stands where a user's text would begin a line of its own. */
export const MARK = 'MARK'

const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))

/** Characters that move the cursor, hide or turn text, or are none. */
const CHARACTERS = [
  ...range(0, 0x1f),
  ...range(0x7f, 0x9f),
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x206f),
  ...[
    '\u00ad',
    '\u034f',
    '\u061c',
    '\u115f',
    '\u1160',
    '\u17b4',
    '\u180b',
    '\u180e',
    '\u3164',
    '\ufe0f',
    '\ufeff',
    '\uffa0',
  ],
  ...[
    '\ufff9',
    '\ufffe',
    '\uffff',
    '\u{1d173}',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e007f}',
    '\ud800',
    '\udbff',
    '\udc00',
    '\udfff',
  ],
  ...['\ud83d x', 'x \ude00', '\u001b[2J', '\u001b]8;;http://x\u0007', '\u009b31m', '\u001bP', '\u001b_x\u001b\\'],
]

const LINE_ENDS = ['\n', '\r', '\r\n', '\u000b', '\u000c', '\u0085', '\u2028', '\u2029']

/** Texts with a meaning to somebody who reads the output later: a CI, a browser, a spreadsheet, a shell, a person. */
const COMMANDS = [
  ...[
    '::error::',
    '::error file=a,line=1::',
    '::add-mask::',
    '::stop-commands::x',
    '##[error]',
    '##vso[task.complete]',
  ],
  ...[
    'ALLOWED',
    'error[NP001]: x',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    ']]>',
    '&lt;',
    '--><!--',
  ],
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '"a","b"',
    '| a | b |',
    '```',
    '[x](javascript:x)',
    '@everyone',
    '#123',
    '# x',
  ],
  ...[
    '%0A::error::',
    '%s%n',
    '$(id)',
    '`id`',
    '{{ .x }}',
    '${x}',
    'click a "b"',
    '%%{init}%%',
    '../../etc/passwd',
    '\\u{41}',
  ],
  ...['__proto__', 'constructor', 'toString', '\\', '"', "'"],
]

/** Some hundred texts that somebody may put into a manifest to harm whoever reads what is made of it. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...CHARACTERS.map((character) => `a${character}${MARK}`),
  ...LINE_ENDS.flatMap((end) => COMMANDS.slice(0, 17).map((command) => `a${end}${command} ${MARK}`)),
  ...COMMANDS,
  ...['x', '\u202e', '\n', '::', 'x ', '\u001b', '`', '|'].map((unit) => unit.repeat(5000)),
]
