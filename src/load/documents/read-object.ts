import type { ReadDocument } from './document-result.js'
import type { ObjectSource } from '../decode/object-source.js'
import { latest } from '../../model/recent.js'
import { formatPath } from '../../model/source.js'
import { decode, nameOf } from '../decode/decode.js'
import { diagnose, placeOf, severityOf } from '../decode/diagnose.js'
import { NOTHING } from './document-result.js'
import type { TextDocument } from './split.js'
import { ignoresOf } from './ignore-comments.js'
import {
  classify,
  isGroupOfPolicies,
  isIndispensable,
  isKustomization,
  isPolicyKind,
  isUsedKind,
  nameOfKind,
} from '../kinds/kinds.js'
import { isLocal, readKustomization } from './kustomization.js'
import { limitsOf, RAISE_LIMIT } from './limits.js'
import { believed } from '../decode/live.js'
import { isListInList, labelOf, objectNameOf, type ManifestObject } from './manifest-object.js'
import { holdsMoreThan, mayHoldMoreThan } from './object-size.js'
import { notWhole, valuesOf } from './not-whole.js'
import { oddNumbers } from './odd-numbers.js'
import type { LoadOptions } from '../decode/load-options.js'
import { isRefusal, refusal, type Problem } from '../decode/problem.js'
import { problemList } from './problem-list.js'
import { leftOutAs, refuse, refusedAs } from './refused.js'
import { LIST_IN_LIST, withoutKind } from './document-checks.js'
import { mayHoldUsedKind } from '../kinds/spelling.js'
import { hasTemplateActions } from '../kinds/placeholders.js'
import { chartSourceOf, releasesOf } from '../decode/chart-release.js'
import { groupOf, refersToWorkload, unreadWorkload } from '../decode/unread-workload.js'

/** Sorts an object of a document by its kind, and decodes it if that is used. */
export function readObject(object: ManifestObject, document: TextDocument, options: LoadOptions): ReadDocument {
  const { apiVersion, source } = object
  const kind = nameOfKind(object.kind ?? 'object', apiVersion)
  const named = objectNameOf(kind, object, options.namespace ?? 'default')
  const label = labelOf(kind, named)
  const fail = (problem: Problem): ReadDocument => ({
    ...NOTHING,
    fate: 'error',
    diagnostics: [diagnose(problem, label, source, options)],
  })
  const refuseAs = (meant: string, problem: Problem) =>
    refuse([problem], meant, { label, name: named, source }, options)
  if (isListInList(object, document)) {
    // An item that was cut out is of a list that holds what is used
    return document.inherited !== undefined || mayHoldUsedKind(document.text) ? fail(LIST_IN_LIST) : NOTHING
  }
  if (object.kind === null) {
    if (isKustomization(null, apiVersion, source.file))
      return { ...NOTHING, kustomization: readKustomization(object.value) }
    const missing = withoutKind(apiVersion, object.value)
    return missing === null ? NOTHING : fail(missing)
  }
  if (apiVersion === null) {
    const values = valuesOf(kind, object.value)
    if (values !== null) return { ...NOTHING, diagnostics: [diagnose(values, label, source, options)] }
    return isUsedKind(kind)
      ? refuseAs(kind, refusal('NP010', ['apiVersion'], 'Required value', 'a Kubernetes object needs an apiVersion'))
      : NOTHING
  }
  if (isKustomization(kind, apiVersion, source.file))
    return { ...NOTHING, kustomization: readKustomization(object.value) }
  if (kind === 'Template' && apiVersion.startsWith('template.openshift.io/'))
    return { ...NOTHING, fate: 'template', incomplete: true }
  const classification = classify(object.kind, apiVersion)
  if (classification === 'irrelevant' || (kind === 'Rollout' && refersToWorkload(object.value))) {
    const unread = unreadWorkload(kind, apiVersion, object.value)
    const group = groupOf(apiVersion)
    const source = chartSourceOf(kind, group, object.value)
    if (source !== null) return { ...NOTHING, chartSources: [source] }
    if (unread === null) return NOTHING
    const releases = releasesOf(kind, group, object.value)
    return { ...NOTHING, unreadWorkloads: [unread], releases, incomplete: true }
  }
  if ('otherPolicy' in classification)
    return { ...NOTHING, otherPolicies: [classification.otherPolicy], incomplete: true }
  if ('wrongVersion' in classification) {
    const detail = `Kubernetes serves ${kind} as ${classification.wrongVersion}`
    return refuseAs(
      kind,
      refusal(
        'NP007',
        ['apiVersion'],
        { invalid: apiVersion },
        detail,
        `write apiVersion: ${classification.wrongVersion}`,
      ),
    )
  }
  if ('misspelt' in classification) {
    const detail = `${apiVersion} has no such kind`
    const help =
      classification.misspelt === null ? 'look at `kubectl api-resources`' : `write kind: ${classification.misspelt}`
    const problem = refusal('NP007', ['kind'], { invalid: kind }, detail, help)
    const { misspelt } = classification
    if (misspelt !== null && isIndispensable(misspelt)) return fail(problem)
    if (misspelt !== null && isUsedKind(misspelt)) return refuseAs(misspelt, problem)
    // What resembles none that is read, such as a Route of OpenShift, hides no policy; in their own group nobody knows.
    const said = diagnose({ ...problem, severity: 'warning' }, label, source, options)
    return { ...NOTHING, diagnostics: [said], incomplete: isGroupOfPolicies(apiVersion) }
  }
  const most = limitsOf(options).values
  if (mayHoldMoreThan(most, document.text) && holdsMoreThan(most, object.value)) {
    const message = `the object holds more than ${most} values`
    return fail({ code: 'NP028', severity: 'error', path: [], at: 'value', message, help: RAISE_LIMIT })
  }
  const { problems, report, unlisted } = problemList()
  const root = { value: believed(object.value, options.manifests === true), path: [], report }
  const decoded = decode(classification.use, root, source, options.namespace ?? 'default')
  const name = decoded === null ? label : nameOf(kind, decoded)
  // Of a policy that the API server refuses nobody knows that it will be there, however well its rules can be read.
  const isPolicy = isPolicyKind(classification.use)
  const isDoubtful = isPolicy && problems.some(isMildRefusal)
  if (isPolicy) {
    const refused = new Set(problems.map(({ path, near = path }) => formatPath(near)))
    oddNumbers(object.value, document.text, object.base, (problem) => {
      if (!refused.has(formatPath(problem.path))) report(problem)
    })
  }
  const diagnostics = [
    ...problems.map((problem) => diagnose(problem, name, source, options)),
    ...unlisted(name, source.file, options),
  ]
  // A warning that strict makes an error keeps the answer away, not the object: it may be silenced.
  const { lenient } = options
  if (decoded !== null && problems.every(({ code, severity }) => severityOf(code, severity, { lenient }) !== 'error')) {
    return {
      ...NOTHING,
      fate: 'used',
      diagnostics,
      incomplete: isDoubtful || problems.some(({ code }) => code === 'NP138'),
      objects: [
        {
          kind: classification.use,
          decoded,
          name,
          source,
          ignores: ignoresOf(object.value),
          isLocal: isLocal(object.value),
        },
      ],
    }
  }
  const part = notWhole(kind, object.value, problems)
  if (part !== null) {
    return { ...NOTHING, incomplete: true, diagnostics: [diagnose(part, name, source, options)] }
  }
  return isTemplate(document, problems, source)
    ? { ...NOTHING, fate: 'template', incomplete: true }
    : isNameless(kind, problems)
      ? leftOutAs(kind, null, diagnostics)
      : refusedAs(kind, named, diagnostics)
}

/** Whether a Namespace has a name that none can have: then its labels are those of no pod that a cluster would take. */
function isNameless(kind: string, problems: readonly Problem[]): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return (
    kind === 'Namespace' && errors.every(({ code, path }) => code === 'NP011' && formatPath(path) === 'metadata.name')
  )
}

/** Whether the API server refuses an object for something that nothing here rests on. */
function isMildRefusal(problem: Problem): boolean {
  return problem.severity === 'warning' && isRefusal(problem)
}

/** Each object of a list that is at fault asks the same of the whole text. */
const linesOf = latest((text: string) => text.split('\n'))

/** An error that stands on a line with a template action comes of the template. */
function isTemplate(document: TextDocument, problems: readonly Problem[], source: ObjectSource): boolean {
  if (!hasTemplateActions(document.text)) return false
  const lines = linesOf(document.text)
  return problems.some((problem) => {
    const place = placeOf(problem, source)
    return problem.severity === 'error' && place !== null && (lines[place.line - document.line] ?? '').includes('{{')
  })
}
