import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BIN, buildIfStale } from '../support/cli-process.js'
import { scratchRepository, type ScratchRepository } from '../support/scratch-repository.js'

// A team is `repository/`, what its CI runs (`ci.sh`), a pull request that breaks something (`edit/`), and what CI prints of that.

/** Prints the command and its exit code, and what builds manifests hands out what is built already. */
const SHELL = `
netpol-sim() { printf '$ netpol-sim %s\\n' "$*"; node '${BIN}' "$@" 2>&1; echo "exit code $?"; echo; }
kustomize() { cat "$2/built.yaml"; }
helm() { cat "$3/built.yaml"; }
`

let temporary = ''
let repository: ScratchRepository
beforeAll(buildIfStale)
beforeEach(() => {
  temporary = mkdtempSync(join(realpathSync(tmpdir()), 'netpol-sim-team-'))
  mkdirSync(join(temporary, 'repository'))
  repository = scratchRepository(join(temporary, 'repository'))
})
afterEach(() => {
  rmSync(temporary, { recursive: true })
})

/** Runs the CI of a team, and gives what it printed and the exit codes. */
function ci(team: string): { readonly printed: string; readonly codes: readonly number[] } {
  mkdirSync(join(temporary, 'runner'))
  const script = `${SHELL}\n${readFileSync(join('fixtures/teams', team, 'ci.sh'), 'utf8')}`
  const printed = execFileSync('bash', ['-c', script], {
    cwd: repository.root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TMP: join(temporary, 'runner'), GIT_CONFIG_GLOBAL: '/dev/null' },
  })
    .replaceAll(join(temporary, 'runner'), '$TMP')
    .replaceAll(repository.git('rev-parse', 'origin/main').slice(0, 12), 'MERGE-BASE')
  return { printed, codes: [...printed.matchAll(/^exit code (\d+)$/gm)].map(([, code]) => Number(code)) }
}

describe.each(readdirSync('fixtures/teams'))('the team of fixtures/teams/%s', (team) => {
  const folder = (name: string) => resolve('fixtures/teams', team, name)
  beforeEach(() => {
    cpSync(folder('repository'), repository.root, { recursive: true })
    repository.commit()
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    repository.git('checkout', '-q', '-b', 'feature')
  })

  test('has a CI that passes as long as nothing is edited', () => {
    const { printed, codes } = ci(team)
    expect(codes.length, printed).toBeGreaterThan(1)
    expect(new Set(codes), printed).toEqual(new Set([0]))
  })

  test('sees in its CI what the edit breaks', async () => {
    cpSync(folder('edit'), repository.root, { recursive: true })
    repository.commit()
    const { printed, codes } = ci(team)
    expect(Math.max(...codes), printed).toBe(1)
    await expect(printed).toMatchFileSnapshot(folder('printed.txt'))
  })
})
