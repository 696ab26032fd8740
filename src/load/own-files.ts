const OWN = /(?:^|\/)(?:netpol-sim\.yaml|netpol-tests\.yaml|[^/]*\.netpol-test\.yaml)$/

/** Whether a file is one of our own: settings and assertions, which are no manifests. */
export function isOwnFile(file: string): boolean {
  return OWN.test(file)
}
