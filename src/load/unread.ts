import type { ReadProblem } from './read-result.js'

/** What the disk says about something that is neither a file nor a folder. */
export interface Special {
  readonly isFIFO: () => boolean
  readonly isSocket: () => boolean
}

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

/** Something with the name of a manifest that would keep a reader waiting. */
export function specialWarning(file: string, stats: Special): ReadProblem {
  return {
    code: 'NP135',
    message: `${kindOf(stats)} with the name of a manifest was not read`,
    help: `${PIPE_HELP}, or leave it out with --exclude`,
    file,
  }
}
