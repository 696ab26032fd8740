export { text } from './diff-text.js'
