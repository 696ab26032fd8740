/** Every format of `test` that is not JSON; loaded only by a run that has an answer to print. */
export { github } from './formats/github.js'
export { gitlab } from './formats/gitlab.js'
export { junit } from './formats/junit.js'
export { markdown } from './formats/markdown.js'
export { sarif } from './formats/sarif.js'
export { tap } from './formats/tap.js'
export { text } from './test-text.js'
