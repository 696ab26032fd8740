import { Chalk, type ColorSupportLevel } from 'chalk'
import type { Role, Style } from './style.js'

/** Colours at a level that was decided beforehand: chalk itself does not know NO_COLOR and reads argv. */
export function painter(level: ColorSupportLevel): Style['paint'] {
  const chalk = new Chalk({ level })
  const colours: Readonly<Record<Role, (text: string) => string>> = {
    good: chalk.bold.green,
    bad: chalk.bold.red,
    mixed: chalk.bold.yellow,
    quiet: chalk.dim,
    strong: chalk.bold,
    place: chalk.cyan,
  }
  return (role, text) => colours[role](text)
}
