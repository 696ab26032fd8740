/** What only objects of a cluster have in their metadata: `status` and owners are believed of those. */
export const LIVE = { uid: 'u', resourceVersion: '1' }
