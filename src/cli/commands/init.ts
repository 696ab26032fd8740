import { Argument, Option } from 'commander'
import { INCOMPLETE } from '../../report/incomplete.js'
import type { CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'
import { loadInputs } from '../load-inputs.js'
import { refuseWhatIf, type CommonFlags } from '../options.js'
import { say } from '../session.js'
import { UsageError } from '../usage-error.js'

interface InitFlags extends CommonFlags {
  readonly force?: true
}

/** `init`: the first assertion file, lock file and settings of a project, of what is allowed at present. */
export const INIT: CommandDefinition<InitFlags> = {
  name: 'init',
  summary: 'write a first assertion file and lock file from what is allowed at present',
  arguments: () => [new Argument('[paths...]', 'manifest files and folders, the same as -f')],
  options: () => [new Option('--force', 'replace netpol-tests.yaml and netpol.lock where they exist')],
  readsInput: true,
  formats: ['text'],
  examples: ['netpol-sim init k8s/', 'netpol-sim init -f rendered/prod --force'],
  topics: ['exit codes'],
  unanswered: null,
  async run(session, _paths, flags) {
    refuseWhatIf(flags, 'init')
    const { existingFiles, writeInitialFiles } = await import('../initial-files.js')
    const existing = flags.force === true ? null : existingFiles()
    if (existing !== null) throw new UsageError(existing.refusal, existing.detail)
    const cluster = loadInputs(session, flags)
    const { matrixReport } = await import('../../report/matrix/print.js')
    const report = matrixReport(cluster, { ...flags, podCidrs: flags.podCidr, limit: 0 })
    await say(session, cluster, report.diagnostics, flags)
    if (report.connections === null) return { code: EXIT.unanswered, render: () => Promise.resolve([]) }
    const where = { cwd: session.io.cwd, hasSettings: session.settings !== null }
    const said = writeInitialFiles(cluster, report, flags, where)
    if ('refusal' in said) throw new UsageError(said.refusal, said.detail)
    return {
      code: EXIT.yes,
      render: () => Promise.resolve(said.map((line) => `${line}\n`)),
      closing: () => (report.incomplete ? [INCOMPLETE] : []),
    }
  },
}
