import { ENTRIES, type Code } from '../codes/entries.js'
import { escapeTerminal } from '../report/escape.js'
import type { Style } from '../report/style.js'
import { wrap } from '../report/wrap.js'
import type { Example } from '../codes/entry.js'

/** One thing after the other on a page: a paragraph, or a block that is shown as it is. */
export type Part = { readonly prose: string } | { readonly block: readonly string[]; readonly of: 'yaml' | 'sh' }

/** What stands on the page of a code below its title. */
export function partsOf(code: Code): readonly Part[] {
  const { meaning, fix, wrong, right } = ENTRIES[code]
  const same = wrong.command !== undefined && right?.manifests === wrong.manifests && right.tests === wrong.tests
  const odd = wrong.manifests.split('\n').some((line) => escapeTerminal(line) !== line)
  return [
    { prose: meaning },
    { prose: `What to do: ${fix}` },
    ...exampleParts('This gives it:', wrong, true),
    ...(odd ? [{ prose: '`\\u{…}` stands for the character itself.' }] : []),
    ...(right === null ? [] : exampleParts('This does not:', right, !same)),
  ]
}

function exampleParts(title: string, example: Example, shown: boolean): readonly Part[] {
  const { manifests, command } = example
  const block = { block: manifests.split('\n').map(escapeTerminal), of: 'yaml' } as const
  if (command === undefined) return [{ prose: title }, block]
  return [
    { prose: title },
    { block: [`netpol-sim ${command}`], of: 'sh' },
    ...(shown ? [{ prose: `with this \`shop.yaml\`${besides(example)}:` }, block, ...testsParts(example)] : []),
  ]
}

function testsParts({ tests }: Example): readonly Part[] {
  return tests === undefined ? [] : [{ prose: 'and this `tests.yaml`:' }, { block: tests.split('\n'), of: 'yaml' }]
}

function besides({ file, link }: Example): string {
  if (link !== undefined) return ` and a link \`${link}\` to a folder elsewhere`
  return file === undefined ? '' : ` and a copy named \`${file}\``
}

/** The page of a code as a terminal or a pipe gets it. */
export function pageText(code: Code, style: Style): string {
  const body = partsOf(code).map((part) =>
    'prose' in part ? wrap(part.prose, style.width, '') : part.block.map((line) => `    ${line}`.trimEnd()).join('\n'),
  )
  const title = wrap(`${style.paint('strong', code)}: ${ENTRIES[code].title}`, style.width, '  ')
  return `${[title, ...body].join('\n\n')}\n`
}

/** Every code with its title, those that stop a run first. */
export function listText(codes: readonly { readonly code: Code; readonly title: string }[], style: Style): string {
  const group = (title: string, chosen: typeof codes): string =>
    [
      title,
      ...chosen.map(({ code, title }) => wrap(`  ${style.paint('strong', code)}  ${title}`, style.width, '         ')),
    ].join('\n')
  return [
    group(
      'Errors, which keep a run from answering:',
      codes.filter(({ code }) => code < 'NP100'),
    ),
    group(
      'Warnings and remarks:',
      codes.filter(({ code }) => code >= 'NP100'),
    ),
    'netpol-sim explain NP012 prints the page of a code\n',
  ].join('\n\n')
}
