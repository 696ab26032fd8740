/**
 * The rule ids that random cases must reach, all those of section A that an evaluator can branch on. A part after the dot
 * names one branch of a rule. Not here, since nothing branches on them,
 * A-54h (legal names are lower-case), A-57 (no such question) and all rules about Services.
 */
export const EXPECTED_HITS: readonly string[] = [
  ...['A-1', 'A-2', 'A-3', 'A-3.unset', 'A-4', 'A-5', 'A-6', 'A-7.no-address', 'A-7.same-address'],
  ...['A-9', 'A-9a', 'A-9b', 'A-9c', 'A-10', 'A-10.inert', 'A-11', 'A-12', 'A-13', 'A-14', 'A-15.port', 'A-15.rule'],
  ...['A-16', 'A-17', 'A-18', 'A-20', 'A-21', 'A-22', 'A-23', 'A-24.all', 'A-24.null', 'A-25'],
  ...['A-27', 'A-27.other-value', 'A-28', 'A-28.name', 'A-29', 'A-31', 'A-31.empty'],
  ...['A-32.In', 'A-32.NotIn', 'A-32.NotIn-absent', 'A-32.Exists', 'A-32.Exists-empty', 'A-32.DoesNotExist'],
  ...['A-33', 'A-34', 'A-40', 'A-40.except', 'A-40.outside', 'A-41', 'A-41.mapped', 'A-42', 'A-43', 'A-43.never'],
  ...['A-44', 'A-45', 'A-45.full', 'A-45.never', 'A-45.other-family', 'A-45.range-inside', 'A-45.range-outside'],
  ...['A-45.union'],
  ...['A-50', 'A-51', 'A-52', 'A-52.no-ports', 'A-53', 'A-53.range', 'A-54', 'A-54a', 'A-54b', 'A-54c', 'A-54d'],
  ...['A-54d.pod', 'A-54e', 'A-54f', 'A-54g.plain', 'A-54g.sidecar', 'A-56', 'A-60', 'A-62', 'A-62.unknown', 'A-63'],
  ...['A-64.enforce', 'A-64.peer', 'A-64.subject', 'A-64.unknown-address', 'A-66'],
]
