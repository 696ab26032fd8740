export { main } from './main.js'
export { endProcess, processIo } from './process-io.js'
