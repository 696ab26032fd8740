import type { Position } from '../../model/source.js'
import type { Stats } from './file-system.js'
import type { ReadProblem } from './read-result.js'

/** Something that is neither a file nor a folder. */
type Special = Pick<Stats, 'isFIFO' | 'isSocket'>

export const PIPE_HELP = 'pipe its content in, and give `-f -`'

/** What something that is neither a file nor a folder is called. */
export function kindOf(stats: Special): string {
  if (stats.isFIFO()) return 'a pipe'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}

/** A link to a folder that nothing else reads: there may be policies in it. kubectl does not follow it either. */
export function linkWarning(file: string): ReadProblem {
  return {
    code: 'NP135',
    message: 'links to folders are not followed: nothing in the one that this leads to was read',
    help: 'name the folder itself with -f as well, or leave the link out with --exclude',
    file,
  }
}

/** A link with the name of a manifest to something that is not there. */
export function brokenLink(file: string): ReadProblem {
  return {
    code: 'NP135',
    message: 'a link with the name of a manifest leads to nothing that is there, and was not read',
    help: 'correct it, or leave it out with --exclude',
    file,
  }
}

/** A file whose bytes are not text, and in which no kind that is evaluated can be spelled. */
export function notText(file: string, problem: string, place: Position): ReadProblem {
  return {
    code: 'NP136',
    message: `${problem}: the file was left out, and holds no kind that is evaluated`,
    help: 'leave it out with --exclude',
    file,
    ...place,
  }
}

/** Something with the name of a manifest that would keep a reader waiting. */
export function specialWarning(file: string, stats: Special): ReadProblem {
  return {
    code: 'NP135',
    message: `${kindOf(stats)} with the name of a manifest was not read`,
    help: `${PIPE_HELP}, or leave it out with --exclude`,
    file,
  }
}

/** Why a link is not read, and what to do about it. */
export const LINK_OUT = [
  'is a link that leads out of what was named with -f, and was not read',
  'name the file itself with -f as well, leave the link out with --exclude, or allow such links with --follow-links',
] as const

/** A source that was named and yields nothing: the policies that were expected there would be missing without a word. */
export function nothingIn(source: string, isExcluded: boolean | null = null, markdown = 0): ReadProblem {
  const message =
    source === '<stdin>'
      ? 'standard input is empty'
      : isExcluded === null
        ? 'the file is empty'
        : isExcluded
          ? 'an exclude leaves out every manifest in this folder'
          : `no manifests were found in this folder${markdown === 0 ? '' : `: .yaml, .yml and .json files are read, and ${markdown === 1 ? '1 file is' : `${markdown} files are`} Markdown (.md)`}`
  const help =
    source === '<stdin>'
      ? 'did the command before the pipe fail?'
      : markdown > 0
        ? 'copy an example out of the Markdown into a .yaml file, and name that with -f'
        : 'name manifests with -f'
  return { code: 'NP027', message, help, file: source }
}

/** A line that is neither blank, nor a comment, nor a separator. */
const SOMETHING = /^(?![ \t\r]*(?:#|$)|---[ \t\r]*(?:#|$))/m

/**
 * Whether a source that was named holds nothing: a chart may render to comments alone, but what comes through a pipe was
 * meant to be something.
 */
export function yieldsNothing(source: string, text: string): boolean {
  return source === '<stdin>' ? !SOMETHING.test(text) : text.trim() === ''
}
