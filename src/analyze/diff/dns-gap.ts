import type { CompiledCluster } from '../../engine/compile.js'
import { chosenReading, isPassedOver } from '../../engine/readings.js'
import { selects } from '../../engine/selectors.js'
import type { RuleForm } from '../../policy/rule-form.js'
import type { WorkloadParty } from '../../query/party.js'
import { dnsGap } from '../dns.js'
import { closedTo, type DnsServer } from '../dns-servers.js'
import type { EndpointPair } from './endpoint-pairs.js'

/** An endpoint that serves DNS, and a port that is behind 53. */
export interface PairedServer extends Omit<DnsServer, 'party'> {
  readonly pair: EndpointPair
}

/** How far policies keep a party from looking names up: 0 where they do not, 1 where only long answers do not come, else 2. */
export function dnsGapOf(compiled: CompiledCluster, party: WorkloadParty, servers: readonly DnsServer[]): 0 | 1 | 2 {
  const gap = dnsGap(compiled, party, isolatingFor(compiled, party), () => closedTo(compiled, party, servers))
  if (gap === null) return 0
  return gap === 'no rule' || gap.protocols.includes('UDP') ? 2 : 1
}

/** The policies that isolate a party for egress, as things stand. */
function isolatingFor(compiled: CompiledCluster, { pods: [pod] }: WorkloadParty): readonly RuleForm[] {
  if (pod === undefined || isPassedOver(pod, chosenReading(compiled))) return []
  return compiled.tiers
    .filter(({ tier }) => tier.decides === 'isolation')
    .flatMap(({ policiesFor }) => policiesFor(pod))
    .filter(({ ref, home, subject, subjectPath, applies }) => {
      const site = { policy: ref, path: subjectPath }
      return applies.egress && selects(subject, home, compiled.cluster, pod, site).value
    })
}
