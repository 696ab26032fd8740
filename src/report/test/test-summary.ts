import { grouped } from '../../model/grouped.js'
import type { Role, Style } from '../style.js'
import { wrap } from '../wrap.js'
import type { AssertionResult, CoverageResult, TestResult } from './test-result.js'

/** The counts at the end, as users of test runners know them. */
export function testSummary({ tests, summary, hostNetworkLeftOut, coverage }: TestResult, style: Style): string {
  const files = [...grouped(tests, ({ file }) => file).values()]
  const isBad = ({ status }: AssertionResult) => status === 'failed' || status === 'error'
  const badFiles = files.filter((own) => own.some(isBad)).length
  const { passed, failed, knownGaps, errors, pairs } = summary
  const rows = [
    [
      'Test Files',
      counts(
        [
          [badFiles, 'failed', 'bad'],
          [files.length - badFiles, 'passed', 'good'],
        ],
        files.length,
        style,
      ),
    ],
    [
      'Tests',
      counts(
        [
          [errors, errors === 1 ? 'error' : 'errors', 'bad'],
          [failed, 'failed', 'bad'],
          [passed, 'passed', 'good'],
          [knownGaps, knownGaps === 1 ? 'known gap' : 'known gaps', 'mixed'],
        ],
        summary.tests,
        style,
      ),
    ],
    ['Pairs', String(pairs)],
    ...(coverage === null ? [] : [['Coverage', coverageLine(coverage)] as const]),
  ] as const
  const left =
    hostNetworkLeftOut === 0
      ? []
      : [
          wrap(
            `${hostNetworkLeftOut} ${hostNetworkLeftOut === 1 ? 'workload' : 'workloads'} on the network of their host left out of wildcards: policies see only their node`,
            style.width,
            '  ',
          ),
        ]
  return [...rows.map(([name, text]) => ` ${style.paint('quiet', name.padStart(10))}  ${text}`), ...left].join('\n')
}

function coverageLine({ percent, killed, survived, noEffect }: CoverageResult): string {
  const share = percent === null ? 'none' : `${percent} %`
  return `${share} (${killed} of ${killed + survived} mutants noticed, ${noEffect} without effect)`
}

function counts(parts: readonly (readonly [number, string, Role])[], all: number, style: Style): string {
  const shown = parts.filter(([count]) => count > 0).map(([count, word, role]) => style.paint(role, `${count} ${word}`))
  return `${shown.length === 0 ? '0' : shown.join(' | ')} (${all})`
}
