/**
 * netpol-sim as a library: read manifests into a cluster, ask who may connect to whom. Nothing here prints, exits or
 * keeps state between calls.
 */
export { loadCluster, parseCluster } from './load/library.js'
export { check, matrix } from './report/library.js'

export type { LoadOptions } from './load/decode/load-options.js'
export type { ManifestText } from './load/documents/input.js'
export type { CheckOptions, CheckQuestion } from './report/check.js'
export type {
  CheckResult,
  DirectionResult,
  EndpointResult,
  FlowResult,
  NearMissResult,
  NoteResult,
  PlaceResult,
  PolicyResult,
  RuleResult,
} from './report/check-result.js'
export type { MatrixOptions } from './report/matrix/matrix.js'
export type { ConnectionResult, MatrixEndpointResult, MatrixResult, PortResult } from './report/matrix/matrix-result.js'
export type { Code } from './codes/entries.js'
export type { Severity } from './codes/entry.js'
export type { Diagnostic } from './model/diagnostic.js'
export type { Direction } from './model/direction.js'
export type { Protocol } from './model/protocol.js'
export type { NoteCode } from './model/note.js'
export type { Certainty, Reason, Verdict } from './model/verdict.js'
export type {
  Cluster,
  ClusterNode,
  ContainerPort,
  Inventory,
  Namespace,
  ObjectName,
  Pod,
  Workload,
} from './model/cluster.js'
export type { Labels, Operator, Requirement, Selector } from './model/labels.js'
export type { IpBlock, NetworkPolicy, Peer, PortRange, PortRule, Rule, SelectorPeer } from './model/policy.js'
export type { Path, Position, Source } from './model/source.js'
export type { Address, Family } from './net/address.js'
export type { Cidr } from './net/cidr.js'
export type { AddressRange } from './net/ranges.js'
