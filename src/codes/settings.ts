import { ingress, pod, policy, together } from './manifests.js'
import type { Entry } from './entry.js'

const PODS = together('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }', pod('web'), pod('db'))
const SHOP = together(PODS, policy('podSelector: {}', 'ingress: [{}]'))
const SILENCED = together(PODS, ingress('ports:', '  - protocol: UDP # netpol-sim-ignore NP117 -- any UDP port'))
const COMMAND = 'check -f . shop/web shop/db:5432'

/** What can be wrong with what is chosen to be read, and how. */
export const SETTINGS_CODES = {
  NP033: {
    title: 'netpol-sim.yaml is not valid',
    severity: 'error',
    meaning:
      'The settings of the project, the `netpol-sim.yaml` nearest to the current folder or the file after `--config`, have a key that does not exist or a value of the wrong type. A misspelt key would change the answer by what it no longer says, so nothing was answered.',
    fix: 'The keys are `inputs`, `exclude`, `namespace`, `podCidr`, `ipblockPods`, `hostNetwork`, `strict`, `manifests`, `tests` and `lint`; a JSON Schema ships as `netpol-sim/schemas/config.json`.',
    wrong: { manifests: 'inptus: [k8s]', command: 'check --config shop.yaml shop/web shop/db:5432' },
    right: null,
  },
  NP035: {
    title: 'a file of netpol-sim itself holds an object',
    severity: 'error',
    meaning:
      'Files with the names `netpol-sim.yaml`, `netpol-tests.yaml`, `*.netpol-test.yaml` and `netpol-audit.yaml` belong to netpol-sim and are not manifests. This one has `apiVersion` and `kind`, or is written so that a cluster might read an object in it. A policy in it would be applied and not be looked at here, so nothing was answered.',
    fix: 'Give a manifest another name. A file of netpol-sim is one plain YAML document without `apiVersion` and `kind`.',
    wrong: { manifests: SHOP, file: 'shop.netpol-test.yaml', command: COMMAND },
    right: { manifests: SHOP, command: COMMAND },
  },
  NP040: {
    title: 'a commit cannot be read',
    severity: 'error',
    meaning:
      'What `--tests-from` names is not a commit of this repository, the commits have none in common, or git cannot read what it holds. Clones that a CI makes are often shallow: they have the newest commit and no other. Nothing was compared with an empty base, so there is no answer.',
    fix: 'Fetch the commit: `git fetch origin main`, `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout (`GIT_DEPTH: 0` in GitLab). A side is `origin/main...`, `origin/main`, `HEAD~1` or `main:k8s/`.',
    wrong: {
      manifests: SHOP,
      tests: 'version: 1\ntests:\n- allow shop/web -> shop/db:5432',
      command: 'test tests.yaml -f shop.yaml --tests-from origin/mian...',
    },
    right: null,
  },
  NP055: {
    title: 'a what-if flag cannot be applied',
    severity: 'error',
    meaning:
      'What `--without` or `--label` names is not in the input, is several objects, or has no labels that decide anything; or the file of `--with` holds no object that is read. An answer about something else than what was asked would look the same, so there is none, also with `--keep-going`.',
    fix: 'Write the name as the message suggests: `shop/NetworkPolicy/api`, `Namespace/shop`, or `shop/api` where that is one object only.',
    wrong: { manifests: SHOP, command: `${COMMAND} --without shop/NetworkPolicy/apy` },
    right: { manifests: SHOP, command: COMMAND },
  },
  NP132: {
    title: 'files with nearly the name of a manifest were not read',
    severity: 'info',
    meaning:
      'In a folder only files that end in `.yaml`, `.yml` or `.json` are read, as `kubectl apply -f` does. Others have nearly such a name: a template like `web.yml.j2`, a copy like `web.yaml.bak`, an ending in capitals. If one of them is a policy, the answer does without it.',
    fix: 'Render templates first. A file that is meant to be read can be named itself: `-f web.yaml.bak`.',
    wrong: { manifests: SHOP, file: 'old.yaml.bak', command: COMMAND },
    right: { manifests: SHOP, command: COMMAND },
  },
  NP135: {
    title: 'something in a folder was not read',
    severity: 'warning',
    meaning:
      'Something in a folder that is read was skipped. Links to folders are not followed, as `kubectl apply -R -f` does not follow them, and with the name of a manifest there can be a pipe, a socket or a device, which nobody waits for. `node_modules` and `.terraform` are left out of every folder, although `kubectl apply -R` reads the manifests in them. If a policy is behind it, the answer does without it. A link into a folder that is read anyway is not mentioned.',
    fix: 'Name the folder that the link leads to as well: `-f . -f shared`. What is not meant to be read can be left out with `--exclude shared`. What comes through a pipe is read with `-f -`.',
    wrong: { manifests: SHOP, link: 'shared', command: COMMAND },
    right: { manifests: SHOP, command: COMMAND },
  },
  NP140: {
    title: 'warnings are silenced',
    severity: 'info',
    meaning:
      'Warnings were left out because a setting (`lint: {NP124: off}` in `netpol-sim.yaml`), a comment (`# netpol-sim-ignore NP124 -- reason` on the line of the warning or the line above) or an annotation of the object (`netpol-sim/ignore: "NP124"`) silences them, also under `--strict`. An answer that is incomplete stays incomplete. `-v` and JSON show this count.',
    fix: 'Nothing. Whoever reviews a change should look at what it silences.',
    wrong: { manifests: SILENCED, command: COMMAND },
    right: null,
  },
  NP150: {
    title: 'the input was changed by a what-if flag',
    severity: 'info',
    meaning:
      'The answer is about the input as `--with`, `--without` or `--label` changes it, not about what is written: an object was added, replaced or left out, or a label was set or removed. `-v` and JSON show each change.',
    fix: 'Nothing. Without the flag the answer is about the input as it is.',
    wrong: { manifests: SHOP, command: `${COMMAND} --label shop/Pod/web:role=cache` },
    right: null,
  },
  NP200: {
    title: 'a comment that silences warnings does not do what it says',
    severity: 'warning',
    meaning:
      'A comment `# netpol-sim-ignore` silences nothing, names a code that cannot be silenced (errors cannot), or does not say why. Comments in files of more than 32 MiB are not looked for.',
    fix: 'Remove it, put it on the line of the warning or the line above, or add the reason: `# netpol-sim-ignore NP105 -- egress only, by design`.',
    wrong: { manifests: `# netpol-sim-ignore NP105 -- egress only\n${SHOP}`, command: COMMAND },
    right: { manifests: SHOP, command: COMMAND },
  },
} as const satisfies Record<string, Entry>
