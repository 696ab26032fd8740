import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { namespace } from '../support/cli-cluster.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { BIN, buildIfStale } from '../support/cli-process.js'
import { scratchRepository, type ScratchRepository } from '../support/scratch-repository.js'

beforeAll(buildIfStale)

const BLOCKS = [...readFileSync('docs/review.md', 'utf8').matchAll(/```sh\n([^`]*)```/g)].map(([, text = '']) => text)

const db = (ports: string) =>
  policyOf({ namespace: 'shop', name: 'db', select: { app: 'db' }, rules: `ingress: [{ports: [${ports}]}]` })
const CLUSTER = [namespace('shop'), app({ namespace: 'shop', name: 'web' }), app({ namespace: 'shop', name: 'db' })]

let repository: ScratchRepository
beforeEach(() => {
  repository = scratchRepository()
  const files = (ports: string) => [...CLUSTER, db(ports)].join('---\n')
  repository.write({ 'overlays/prod/all.yaml': files('{port: 5432}') })
  repository.commit()
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  repository.git('checkout', '-q', '-b', 'feature')
  repository.write({ 'overlays/prod/all.yaml': files('{port: 5432}, {port: 80}') })
  repository.commit()
})
afterEach(() => {
  repository.remove()
})

/** The commands of a block; what builds manifests is played by `cat`. */
function play(block: string): { code: number; output: string } {
  const script = `netpol-sim() { node '${BIN}' "$@"; }; kustomize() { cat "$2"/*.yaml; }; TMP=$(mktemp -d)\n${block}`
  try {
    const output = execFileSync('bash', ['-c', script], {
      cwd: repository.root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return { code: 0, output }
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    return { code: status, output: stdout }
  }
}

test('the commands of docs/review.md find what the branch opens, and none of them is exit 2', () => {
  expect(BLOCKS.length).toBeGreaterThan(2)
  for (const block of BLOCKS) {
    const { code, output } = play(block)
    expect([0, 1], block).toContain(code)
    if (block.includes('origin/main')) expect(output, block).toContain('80/TCP')
  }
})
