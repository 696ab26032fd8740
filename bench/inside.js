// Runs one measurement of bench/tasks in a process of its own, so that neither its memory nor its warm code is another's:
// node --expose-gc bench/inside.js BUNDLE TASK JSON. Prints the figures as JSON.
import { createRequire } from 'node:module'
import { TASKS } from './tasks.js'

const [bundle, task, options] = process.argv.slice(2)
const inside = createRequire(import.meta.url)(bundle)
console.log(JSON.stringify(TASKS[task](inside, JSON.parse(options))))
