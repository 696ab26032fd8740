/** A matrix summed up, without a look at each pair. */
export interface Overview {
  /** What the connections between two namespaces are, if there are any. Only where it was asked for. */
  readonly between: (from: string, to: string) => NamespacePairs | undefined
  /** Connections between namespaces for which every port is open. */
  readonly acrossNamespaces: SomePairs
  /** Pairs of which something is closed, but not certainly. */
  readonly possible: SomePairs
  /** How many connections may be surer than they are said to be. */
  readonly estimated: number
  /** The ids of endpoints to which some globally routable address may connect. */
  readonly openToInternet: ReadonlySet<string>
}

/** What is open between two namespaces. */
export interface NamespacePairs {
  /** How many lines say that all ports, and all addresses, are certainly open. */
  all: number
  open: boolean
  unsure: boolean
}

/** How many pairs there are, and the first of them by ids; `null` is the outside world. */
export interface SomePairs {
  readonly count: number
  readonly first: readonly { readonly from: string | null; readonly to: string | null }[]
}

/** What an overview has besides. */
export interface OverviewDetail {
  /** What is open between namespaces; their number should be small. */
  readonly byNamespace: boolean
  /** So many pairs are named. */
  readonly most: number
}

/** The name by which the outside world is among namespaces. */
export const OUTSIDE_SPACE = ''
