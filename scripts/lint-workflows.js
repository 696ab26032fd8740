// node scripts/lint-workflows.js ACTIONLINT: checks the workflows of docs/ci.md and docs/review.md, and one of the steps of action.yml, with the
// actionlint of that path. Exits with 1 if it finds something.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dump, load } from 'js-yaml'

/** The workflows that a document shows whole, and lists of steps as workflows. */
function workflowsIn(file) {
  const blocks = [...readFileSync(file, 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => ({
    text,
    value: load(text),
  }))
  return blocks.flatMap(({ text, value }) => {
    if (value?.jobs !== undefined && value.on !== undefined) return [{ file, text }]
    const isSteps = Array.isArray(value) && value.every((step) => step.uses !== undefined || step.run !== undefined)
    return isSteps ? [{ file, text: workflowOf(value, 'push') }] : []
  })
}

/** What actionlint cannot check is an action itself: its steps are those of a workflow that is called with the same inputs. */
function workflowOfAction() {
  const { inputs, runs } = load(readFileSync('action.yml', 'utf8'))
  const typed = Object.fromEntries(Object.keys(inputs).map((name) => [name, { type: 'string' }]))
  return { file: 'action.yml', text: workflowOf(runs.steps, { workflow_call: { inputs: typed } }) }
}

function workflowOf(steps, on) {
  return dump({ on, jobs: { policies: { 'runs-on': 'ubuntu-latest', steps } } })
}

const workflows = [...workflowsIn('docs/ci.md'), ...workflowsIn('docs/review.md'), workflowOfAction()]
const failed = workflows.filter(({ file, text }) => {
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', '-stdin-filename', file, '-']
  const { status, stdout, stderr, error } = spawnSync(process.argv[2] ?? 'actionlint', args, {
    input: text,
    encoding: 'utf8',
  })
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : `${error.message}\n`}`)
  return status !== 0
})
console.log(`${workflows.length} workflows under actionlint, ${failed.length} with findings`)
process.exitCode = failed.length > 0 || workflows.length < 4 ? 1 : 0
