import { pod, policy, together } from './manifests.js'
import type { Entry } from './entry.js'

const SHOP = together(
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }',
  pod('web', 'image: web', 'ports: [{ containerPort: 8080 }]'),
  pod('db', 'image: db', 'ports: [{ containerPort: 5432 }]'),
  policy('podSelector: {}', 'ingress: [{}]'),
)
const CLOSED = SHOP.replace('ingress: [{}]', 'ingress: [{ ports: [{ port: 5432 }] }]')
const COMMAND = 'test -f shop.yaml tests.yaml'

const tests = (...lines: readonly string[]) => ['version: 1', 'tests:', ...lines.map((line) => `  ${line}`)].join('\n')

const RIGHT = { manifests: SHOP, tests: tests('- allow shop/web -> shop/db:5432'), command: COMMAND }

/** What can be wrong with assertion files. */
export const TEST_CODES = {
  NP036: {
    title: 'an assertion file is not valid',
    severity: 'error',
    meaning:
      'An assertion file, or one of its tests, is not written as such a file: an unknown key, a peer or port that the grammar does not know, a test that is neither `from`, `to` and `expect` nor one of the other forms, or two tests with one name. The test is an error with the exit code 2, and the others are evaluated.',
    fix: 'Look at the place and the key that is suggested. A JSON Schema ships as `netpol-sim/schemas/tests.json`; editors use it with the comment `# yaml-language-server: $schema=…`.',
    wrong: {
      manifests: SHOP,
      tests: tests('- name: web reaches the database', '  from: shop/web', '  to: shop/db', '  expcet: allow'),
      command: COMMAND,
    },
    right: RIGHT,
  },
  NP037: {
    title: 'a test matches nothing, or less than it says',
    severity: 'error',
    meaning:
      'Something in a test matches nothing: a peer, a member of a group, an entry, an exception, a closed namespace, a port name that a destination does not declare. A test about nobody would pass for ever, whatever the policies say, so it is an error with the exit code 2, and the other tests are evaluated.',
    fix: 'Look at the name that is suggested. If what the test was about is gone, remove the test.',
    wrong: { manifests: SHOP, tests: tests('- deny shop/wbe -> shop/db'), command: COMMAND },
    right: RIGHT,
  },
  NP038: {
    title: 'the lock file is not one',
    severity: 'error',
    meaning:
      'The file behind `matrix --check` has another first line than a lock file, has a line twice, or holds the markers of a merge conflict. It was not compared.',
    fix: 'Resolve the conflict by writing the file anew: `netpol-sim matrix --update netpol.lock`, and look at what changed.',
    wrong: { manifests: SHOP, command: 'matrix -f shop.yaml --check shop.yaml' },
    right: null,
  },
  NP039: {
    title: 'the coverage of the tests is too low',
    severity: 'error',
    meaning:
      '`--min-coverage N` asks of each place in the policies whether some test would notice its loss: the policy is changed in that place, and the tests are evaluated again. Fewer than N percent of these mutants were noticed, not counting those that change no connection at all.',
    fix: 'Add tests: `-o text` and `-o json` name one for each mutant that nobody noticed.',
    wrong: { ...RIGHT, manifests: CLOSED, command: `${COMMAND} --min-coverage 100` },
    right: { ...RIGHT, manifests: CLOSED, command: `${COMMAND} --min-coverage 20` },
  },
  NP141: {
    title: 'a test names a port that its destination does not declare',
    severity: 'warning',
    meaning:
      'A test names a port by its number, and no destination of the test declares that port although they declare others. Policies do not look at what is declared. But if the number is a slip, a test that denies it passes for ever.',
    fix: 'Write the port that is declared, or declare the port that a process listens on in the manifest.',
    wrong: { manifests: SHOP, tests: tests('- allow shop/web -> shop/db:5433'), command: COMMAND },
    right: RIGHT,
  },
} as const satisfies Record<string, Entry>
