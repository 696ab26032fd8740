import { ENTRIES, type Code } from '../codes/entries.js'
import { wrap } from '../report/wrap.js'
import { partsOf, type Part } from './page-text.js'

const WIDTH = 120

const INTRODUCTION = [
  '# Messages',
  '<!-- Written by `npm run docs` from src/codes. -->',
  'Every message of netpol-sim has a code that never changes its meaning: `error[NP012]`. Codes below NP100 say what cannot be read or what the API server refuses. They keep a run from answering, unless the answer can do without the object: then they are warnings, like all the other codes, which `--strict` makes errors. `netpol-sim explain NP012` prints these pages. Every example here is tried by a test: it gives its code and no other, and what is shown as correct gives none.',
]

/** All pages as one Markdown document, `docs/errors.md`. */
export function errorsMarkdown(): string {
  const codes = Object.keys(ENTRIES).sort() as Code[]
  const index = codes.map((code) => `- [${code}](#${code.toLowerCase()}): ${ENTRIES[code].title}`).join('\n')
  const pages = codes.flatMap((code) => [
    `## ${code}`,
    `**${ENTRIES[code].title}**`,
    ...partsOf(code).map(partMarkdown),
  ])
  return `${[...INTRODUCTION.map((text) => wrap(text, WIDTH, '')), index, ...pages].join('\n\n')}\n`
}

function partMarkdown(part: Part): string {
  return 'prose' in part ? wrap(part.prose, WIDTH, '') : ['```' + part.of, ...part.block, '```'].join('\n')
}
