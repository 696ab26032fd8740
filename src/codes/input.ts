import { file, fromBlock, pod, policy, together } from './manifests.js'
import type { Entry } from './entry.js'

const CHECK = 'check -f shop.yaml shop/web shop/db:5432'
const TWO_FILES = 'check -f shop.yaml -f backup.yaml shop/web shop/db:5432'
const PODS = together(pod('web'), pod('db'))
const SHOP = together(PODS, policy('podSelector: {}', 'ingress: [{}]'))
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }'

/** What can be wrong with the input as a whole: what is read, and what is left out of it. */
export const INPUT_CODES = {
  NP001: {
    title: 'a file or folder cannot be read',
    severity: 'error',
    meaning:
      'A path of the command line does not exist, may not be read, or is something that cannot be read to its end, such as a pipe or a device; or it is a link that leads out of what was named, or changed while it was read. It is an error and not a gap: a policy in a file that was skipped could reverse the answer.',
    fix: 'Correct the path after `-f`, or the permissions of the file. A link that may lead elsewhere is read with `--follow-links`. What comes from another program goes to standard input: `… | netpol-sim check -f - …`.',
    wrong: { manifests: SHOP, command: 'check -f shop.yaml -f missing.yaml shop/web shop/db:5432' },
    right: { manifests: SHOP, command: CHECK },
  },
  NP027: {
    title: 'nothing usable was found',
    severity: 'error',
    meaning:
      'After everything was read there is not one pod, workload, namespace or policy; or something that was named holds nothing at all, such as an empty folder, file or standard input. A cluster without policies allows everything, so an empty input must never pass for one.',
    fix: 'Name the folder of the manifests with `-f`. Charts and overlays have to be rendered first: `helm template … | netpol-sim check -f - …`.',
    wrong: file('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }'),
    right: file(pod('web')),
  },
  NP028: {
    title: 'the input is larger than the limit',
    severity: 'error',
    meaning:
      'All files together may have 2 GiB, a single object 3 MiB and 250,000 values; 100,000 files are read, 500,000 entries of folders are looked at, and so far as globs of `exclude` can be compared with them within seconds. This is more. It is there so that a folder named by mistake does not fill the memory; stopping half way would mean evaluating half of the policies.',
    fix: 'Name fewer files, or raise the limits: `--max-input 4G`. A single file of more than half a gigabyte may have to be cut into several.',
    wrong: { manifests: SHOP, command: `${TWO_FILES} --max-input 300` },
    right: { manifests: SHOP, command: `${TWO_FILES} --max-input 10k` },
  },
  NP029: {
    title: 'the file is a placeholder, not a manifest (git-lfs, SOPS, merge conflict)',
    severity: 'error',
    meaning:
      'The file has the name of a manifest and another content: the pointer that git-lfs leaves, a text that SOPS or Ansible Vault encrypted, or both sides of a merge conflict. What it ought to hold is not known, so there is no answer.',
    fix: 'Fetch, decrypt or merge the file, or leave it out. Decrypted text can be piped in: `sops decrypt FILE | netpol-sim check -f - …`.',
    wrong: file('<<<<<<< HEAD', pod('web'), '=======', pod('web-v2'), '>>>>>>> feature'),
    right: file(pod('web-v2')),
  },
  NP101: {
    title: 'an unrendered template was skipped',
    severity: 'warning',
    meaning:
      'The file is a template that still has its `{{ … }}`, so nobody can say which objects it makes. It was left out; where its kind is one that matters the answer is marked `incomplete`.',
    fix: 'Render it first: `helm template … | netpol-sim check -f - …`. If the rendered manifests are in the input as well, leave the templates out.',
    wrong: file(NAMESPACE, 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n  namespace: shop'),
    right: file(NAMESPACE, 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop'),
  },
  NP102: {
    title: 'policies of another system are not simulated',
    severity: 'warning',
    meaning:
      'Cilium, Calico, Antrea, Istio and others have policies of their own, and so has the admin tier of Kubernetes. They can allow and deny beside NetworkPolicies and are not simulated, so the cluster may decide otherwise; the answer is marked `incomplete`.',
    fix: 'Read the answer as what the NetworkPolicies say. With `--strict` there is no answer.',
    wrong: file(
      NAMESPACE,
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: db, namespace: shop }',
    ),
    right: null,
  },
  NP138: {
    title: 'workloads of a kind that is not read',
    severity: 'warning',
    meaning:
      'Objects of this kind make pods, and netpol-sim does not know what labels and ports those have in the end; or the traffic of a Knative Service goes to revisions of which the input has no template. The pods are not in the answer, which is marked `incomplete`.',
    fix: 'Add the pods themselves as a cluster shows them, or the workloads that the operator makes of the object: `kubectl get po,deploy,sts -A -o json`.',
    wrong: file(
      NAMESPACE,
      'apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata: { name: train, namespace: shop }\nspec: { pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [{ image: train }] } } } } }',
    ),
    right: null,
  },
  NP127: {
    title: 'there are pods but no policies',
    severity: 'warning',
    meaning:
      'There are pods or workloads, but no NetworkPolicy. Without policies every answer is "allowed", which is right if the cluster has none and reassures falsely if they stand elsewhere. In spite of its name `kubectl get all` prints neither policies nor namespaces.',
    fix: 'Name the folder with the policies, too: `-f`. From a cluster export what counts: `kubectl get ns,no,po,svc,netpol -A -o json`.',
    wrong: { manifests: together(PODS, NAMESPACE), command: CHECK },
    right: { manifests: together(SHOP, NAMESPACE), command: CHECK },
  },
  NP131: {
    title: 'a kustomization was not built',
    severity: 'warning',
    meaning:
      'There is a kustomization that builds something other than what was read: it changes the objects around it (their namespace, names, labels or contents), lists files that were not read, or leaves out files that were. It was not built: the manifests beside it were read unmodified, so the answer is marked `incomplete`.',
    fix: 'Build it and read the result: `kustomize build overlays/prod | netpol-sim check -f - …`.',
    wrong: file(NAMESPACE, 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: prod-'),
    right: null,
  },
  NP139: {
    title: 'a patch, values of a chart or a manifest with open variables was left out',
    severity: 'warning',
    meaning:
      'There is a document that has the kind of an object but is not one that a cluster would take: a kustomize patch, the values of a chart, or a manifest with variables such as `${NAME}` that are not filled in. It was left out. Unless it is values of a chart, the answer is marked `incomplete`.',
    fix: 'Build or render it, and read the result: `kustomize build … | netpol-sim check -f - …`; `envsubst < FILE | …` for variables.',
    wrong: file(NAMESPACE, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }'),
    right: null,
  },
  NP136: {
    title: 'a document that could not be parsed was left out',
    severity: 'warning',
    meaning:
      'A document is not valid YAML or JSON. No kind that is evaluated can be in it, however it is spelled, so it cannot change an answer and was left out. But kubectl stops reading a file at such a document: where a policy stands below it, it is an error (NP003).',
    fix: 'Correct the document. A broken file that is meant to stay, such as the fixture of a test, can be left out with `--exclude`.',
    wrong: file(NAMESPACE, '{ kind: Widget, names: [a, b }'),
    right: file(NAMESPACE, '{ kind: Widget, names: [a, b] }'),
  },
} as const satisfies Record<string, Entry>

/** What the question itself, or the answer to it, can lack. */
export const QUESTION_CODES = {
  NP030: {
    title: 'a command-line value is not valid',
    severity: 'error',
    meaning:
      'A peer or a port of the command line is not written as the grammar has it. Nothing was asked, so there is no answer, and the exit code is 2.',
    fix: 'A peer is `shop/web`, `shop/Deployment/web`, `shop/app=web`, `10.0.0.0/8`, `any`, `internet` or `external`; a port is `8080`, `53/UDP`, `http`, `8000-8100/TCP` or `any`.',
    wrong: { manifests: SHOP, command: 'check -f shop.yaml shop/web shop/db:5432/ICMP' },
    right: { manifests: SHOP, command: CHECK },
  },
  NP031: {
    title: 'a peer or port matches nothing',
    severity: 'error',
    meaning:
      'No pod, workload or port of the input has this name. A question about nobody would be "denied" for ever, whatever the policies say, so it is an error with the exit code 2 and never an answer.',
    fix: 'Look at the name that is suggested. A name without a namespace is looked for in the one of `-n`, which is `default` unless you say otherwise.',
    wrong: { manifests: SHOP, command: 'check -f shop.yaml shop/wbe shop/db:5432' },
    right: { manifests: SHOP, command: CHECK },
  },
  NP032: {
    title: 'the answer is not certain enough for --strict',
    severity: 'error',
    meaning:
      'There is an answer, but it rests on something that the API leaves open or that the input does not say, or on an incomplete input. `--strict` takes no such answer.',
    fix: 'The notes of the answer without `--strict` say what it rests on, and which flag or object settles it. Here the address of the pod is missing: give the network of the pods with `--pod-cidr`, or live pods.',
    wrong: { manifests: together(fromBlock('cidr: 10.0.0.0/16'), PODS), command: `${CHECK} --strict` },
    right: {
      manifests: together(fromBlock('cidr: 10.0.0.0/16'), PODS),
      command: `${CHECK} --strict --pod-cidr 10.0.0.0/16 --ipblock-pods match`,
    },
  },
} as const satisfies Record<string, Entry>
