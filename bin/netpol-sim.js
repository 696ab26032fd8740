#!/usr/bin/env node
import { main, processIo } from '../dist/cli.js'

const code = await main(process.argv.slice(2), processIo(new URL('..', import.meta.url)))
process.exitCode ||= code
