import { type Address, type Family, type Prefix, parseAddress } from './addresses.js'
import type { End, Question } from './evaluate.js'
import { addressesOf, NotAQuestion, type Party } from './parties.js'
import { serviceFamilies } from './services.js'
import type { World } from './world.js'

const BOTH: readonly Family[] = ['IPv4', 'IPv6']

function has(addresses: readonly { family: Family }[], family: Family): boolean {
  for (const one of addresses) if (one.family === family) return true
  return false
}

/**
 * IPv6 counts only where the input shows it. IPv4 is taken for granted, unless the input shows IPv6 and no IPv4.
 * A pod range given as an option shows its family as well.
 */
export function usedFamilies(world: World, podCidrs: readonly Prefix[]): Family[] {
  const shown: { family: Family }[] = [...podCidrs]
  for (const pod of world.pods) shown.push(...pod.addresses)
  for (const node of world.nodes) shown.push(...node.addresses)
  for (const service of world.services) for (const family of serviceFamilies(service) ?? []) shown.push({ family })
  const used: Family[] = []
  if (has(shown, 'IPv4') || !has(shown, 'IPv6')) used.push('IPv4')
  if (has(shown, 'IPv6')) used.push('IPv6')
  return used
}

function namedFamily(end: End): Family | undefined {
  return 'address' in end ? parseAddress(end.address)?.family : undefined
}

/** the families that the flow can have. An end of no known address does not narrow them. */
export function possibleFamilies(
  world: World,
  podCidrs: readonly Prefix[],
  question: Pick<Question, 'from' | 'to' | 'family'>,
  parties: { from: Party; to: Party },
): Family[] {
  if (question.family !== undefined) return [question.family]
  const named = namedFamily(question.from) ?? namedFamily(question.to)
  if (named !== undefined) return [named]
  const known: (readonly Address[])[] = []
  for (const party of [parties.from, parties.to]) if (addressesOf(party).length > 0) known.push(addressesOf(party))
  if (known.length === 0) return usedFamilies(world, podCidrs)
  const possible: Family[] = []
  for (const family of BOTH) if (known.every((addresses) => has(addresses, family))) possible.push(family)
  return possible
}

/** one question for each family that both ends have; one of unknown family where no address is known. */
export function familiesOf(
  world: World,
  podCidrs: readonly Prefix[],
  question: Question,
  parties: { from: Party; to: Party },
): (Family | undefined)[] {
  const possible = possibleFamilies(world, podCidrs, question, parties)
  if (possible.length === 0) throw new NotAQuestion('the two ends share no address family')
  const known = addressesOf(parties.from).length > 0 || addressesOf(parties.to).length > 0
  return possible.length === 1 || known || question.family !== undefined ? possible : [undefined]
}
