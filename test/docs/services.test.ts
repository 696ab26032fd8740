import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deployment, service } from '../services/shop.js'
import { run } from '../support/cli-io.js'

const PORTS = 'ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]'
const CLUSTER = [
  deployment('web'),
  deployment('api'),
  service(
    'api',
    `type: LoadBalancer, loadBalancerIP: 198.51.100.7, clusterIP: 10.96.12.7, selector: {app: api}, ${PORTS}`,
  ),
  service('kubernetes', 'ports: [{name: https, port: 443}]').replace('namespace: shop', 'namespace: default'),
  `
apiVersion: v1
kind: Endpoints
metadata: {name: kubernetes, namespace: default}
subsets: [{addresses: [{ip: 203.0.113.2}], ports: [{name: https, port: 6443}]}]
`,
  `
apiVersion: v1
kind: Node
metadata: {name: w1, uid: u, resourceVersion: "1"}
status: {addresses: [{type: InternalIP, address: 172.18.0.3}]}
`,
].join('---\n')

const commands = [...readFileSync('docs/services.md', 'utf8').matchAll(/```sh\n([^`]*)```/g)]
  .flatMap(([, text = '']) => text.trim().split('\n'))
  .map((line) => line.replace(/^kubectl .* \| /, '').replace(/ +#.*$/, ''))

test('the commands of docs/services.md have an answer by way of a Service', async () => {
  expect(commands.length).toBeGreaterThan(5)
  const folder = mkdtempSync(join(tmpdir(), 'services-'))
  writeFileSync(join(folder, 'dump.yaml'), CLUSTER)
  try {
    for (const command of commands) {
      const [program, ...words] = command.split(/ +/)
      expect(program, command).toBe('netpol-sim')
      const argv = words.map((word) => (/^(?:k8s\/|dump\.json)$/.test(word) ? folder : word))
      const { code, stdout } = await run(argv, { stdin: CLUSTER, isPipedIn: true })
      expect(code, command).toBe(0)
      expect(stdout, command).toContain('via Service ')
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
