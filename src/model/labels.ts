/** Labels of a pod or namespace. A `Map`, because `constructor` and `toString` are legal label keys. */
export type Labels = ReadonlyMap<string, string>

/** The label that the API server sets on every namespace to the namespace's own name. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name'

/** The four operators of a Kubernetes label selector. */
export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'

/** One condition of a selector. `matchLabels: {k: v}` is `k In [v]`. `values` is empty for Exists and DoesNotExist. */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** A label selector: all requirements hold. Without any, it selects everything. */
export interface Selector {
  readonly requirements: readonly Requirement[]
}

/** Whether labels meet a requirement; a missing key meets NotIn and DoesNotExist. */
export function meets(labels: Labels, { key, operator, values }: Requirement): boolean {
  const value = labels.get(key)
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
  }
}

/** Whether only what has a label of the requirement's key can meet it. */
export function needsLabel({ operator }: Requirement): boolean {
  return operator === 'In' || operator === 'Exists'
}

/** Whether a selector picks what has these labels. */
export function selects(selector: Selector, labels: Labels): boolean {
  return selector.requirements.every((requirement) => meets(labels, requirement))
}
