// Generates inputs, the same each time: manifests as people write them, and what `kubectl get` prints.
import { load } from 'js-yaml'

/** So many pods a workload has in a cluster. */
const REPLICAS = 5

/** A Deployment, a policy and a ConfigMap for every three pods, as documents of one file. */
export function handWritten(pods) {
  const workloads = Math.ceil(pods / 3)
  return Array.from({ length: workloads }, (_, number) => shop(number)).join('')
}

/** Pods, and for every workload a Secret, as `kubectl get pods,secrets -A -o yaml` or `-o json` prints them. */
export function dumpOf(pods, format) {
  const items = Array.from(
    { length: pods },
    (_, number) => pod(number) + (number % REPLICAS === 0 ? secret(number) : ''),
  )
  const text = `apiVersion: v1\nitems:\n${items.join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`
  return format === 'yaml' ? text : `${JSON.stringify(load(text), null, 4)}\n`
}

function shop(number) {
  const [name, namespace] = [`web-${number}`, `shop-${number % 50}`]
  return `---
# The web tier of shop ${number}.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: {app: web, tier: frontend}
spec:
  replicas: 3
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels:
        app: ${name}
        tier: frontend
    spec:
      containers:
        - name: web
          image: "registry.example.com/web:1.${number % 10}"
          ports:
            - name: http
              containerPort: 8080
          env:
            - {name: MODE, value: "production"}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: shop-${(number + 1) % 50}
          podSelector:
            matchLabels:
              tier: frontend
      ports:
        - port: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  app.properties: |
${Array.from({ length: 20 }, (_, line) => `    setting.${line}=value of ${line}\n`).join('')}`
}

function pod(number) {
  const [app, namespace] = [`web-${Math.floor(number / REPLICAS)}`, `team-${Math.floor(number / REPLICAS) % 50}`]
  const [suffix, address] = [number.toString(36), `10.${244 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`]
  return `- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/containerID: 3b1f0e9e0c7d4f7a9d53b2b7b6b0d5c7e6c6f0f6c6d9a4e8c7b2e1d0f9a8b7c6
      cni.projectcalico.org/podIP: ${address}/32
      prometheus.io/scrape: "true"
    creationTimestamp: "2024-05-14T09:21:33Z"
    generateName: ${app}-7d9c8b5f6-
    labels:
      app: ${app}
      app.kubernetes.io/instance: web
      pod-template-hash: 7d9c8b5f6
    name: ${app}-7d9c8b5f6-${suffix}
    namespace: ${namespace}
    ownerReferences:
    - apiVersion: apps/v1
      blockOwnerDeletion: true
      controller: true
      kind: ReplicaSet
      name: ${app}-7d9c8b5f6
      uid: 5f0c2b1e-7c6a-4c39-9d57-1d3a1c3f8d6e
    resourceVersion: "${100_000 + number}"
    uid: 9a1f3c2b-1d2e-4f5a-8b7c-${100_000_000_000 + number}
  spec:
    containers:
    - args:
      - --port=8080
      - --log-level=info
      env:
      - name: POD_NAME
        valueFrom:
          fieldRef:
            apiVersion: v1
            fieldPath: metadata.name
      - name: DATABASE_URL
        value: postgres://db.${namespace}.svc.cluster.local:5432/app
      image: registry.example.com/web:1.2.${number % 30}
      imagePullPolicy: IfNotPresent
      name: web
      ports:
      - containerPort: 8080
        name: http
        protocol: TCP
      resources:
        limits:
          cpu: 500m
          memory: 256Mi
        requests:
          cpu: 100m
          memory: 128Mi
      terminationMessagePath: /dev/termination-log
      volumeMounts:
      - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
        name: kube-api-access-x2x4z
        readOnly: true
    nodeName: node-${number % 100}
    restartPolicy: Always
    tolerations:
    - effect: NoExecute
      key: node.kubernetes.io/not-ready
      operator: Exists
      tolerationSeconds: 300
  status:
    conditions:
    - lastProbeTime: null
      lastTransitionTime: "2024-05-14T09:21:40Z"
      status: "True"
      type: Ready
    hostIP: 192.168.0.${(number % 100) + 1}
    phase: Running
    podIP: ${address}
    podIPs:
    - ip: ${address}
    startTime: "2024-05-14T09:21:33Z"
`
}

function secret(number) {
  return `- apiVersion: v1
  data:
    tls.crt: ${'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'.repeat(30)}
  kind: Secret
  metadata:
    name: tls-${number}
    namespace: team-${number % 50}
  type: kubernetes.io/tls
`
}
