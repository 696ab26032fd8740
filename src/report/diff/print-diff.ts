export { github } from './diff-github.js'
export { markdown } from './diff-markdown.js'
export { text } from './diff-text.js'
