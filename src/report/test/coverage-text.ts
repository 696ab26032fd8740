import { policyName } from '../../model/reference.js'
import { placeText } from '../explain-flow.js'
import type { Detail } from '../formats.js'
import type { Style } from '../style.js'
import { wrap } from '../wrap.js'
import type { CoverageResult, SurvivorResult } from './test-result.js'

const MOST = 20

/** The mutants that no test notices, each with a test that would. Empty where there are none. */
export function coverageText({ survivors }: CoverageResult, style: Style, detail: Detail): string {
  if (survivors.length === 0) return ''
  const shown = detail === 'verbose' ? survivors : survivors.slice(0, MOST)
  const left = survivors.length - shown.length
  return [
    `${survivors.length === 1 ? 'a change' : `${survivors.length} changes`} of the policies that no test notices:`,
    ...shown.flatMap((survivor) => [
      wrap(`  ${style.paint('mixed', survivor.mutation)}  ${line(survivor, style)}`, style.width, '      '),
      ...(survivor.test === null ? [] : [`      - ${survivor.test}`]),
    ]),
    ...(left > 0 ? [`  and ${left} more, shown with -v`] : []),
  ].join('\n')
}

function line({ policy, path, opened, closed, ...place }: SurvivorResult, style: Style): string {
  const effect = [...(opened > 0 ? [`opens ${opened}`] : []), ...(closed > 0 ? [`closes ${closed}`] : [])]
  const what = effect.length === 0 ? 'changes how sure it is' : effect.join(', ')
  return `${policyName(policy)}  ${style.paint('place', placeText(place))}  ${path}: ${what}`
}
