import type { Choice, ReleaseOfChart } from './choice.js'
import { shellWord } from './shell-word.js'

/** The flags that name what a choice reads; a build is standard input. */
export function flagsOf({ paths, exclude, build, render }: Choice): readonly string[] {
  return [
    ...(build === null && render === null ? paths : ['-']).flatMap((path) => ['-f', path]),
    ...exclude.flatMap((glob) => ['--exclude', glob]),
  ]
}

/** Builds or renders what is to be, and gives it to a command. */
export function withBuild({ build, render }: Choice, command: string): string {
  if (render !== null) {
    const { chart, release } = render
    if (release !== undefined) return `${templateOf(chart, release)} | ${command}`
    const name = chart.split('/').findLast((part) => /\w/.test(part)) ?? 'release'
    return `helm template ${shellWord(name)} ${shellWord(chart)} | ${command}`
  }
  return build === null ? command : `kustomize build ${shellWord(build)} | ${command}`
}

function templateOf(chart: string, { name, namespace, repository, version }: ReleaseOfChart): string {
  const flags = [
    ...(repository === null ? [] : ['--repo', repository]),
    ...(version === null ? [] : ['--version', version]),
    ...(namespace === null ? [] : ['-n', namespace]),
  ]
  return ['helm', 'template', name, chart, ...flags].map(shellWord).join(' ')
}

/** What a choice holds; one that leaves policies out says of how many. */
export function holds({ workloads, policies, build, render }: Choice, all: number): string {
  if (render?.release !== undefined) return `not tried, without the values in ${shellWord(render.release.file)}`
  if (render !== null) return `${count(render.templates, 'template', 'templates')}, not tried`
  const kept =
    policies < all ? `${policies} of ${count(all, 'policy', 'policies')}` : count(policies, 'policy', 'policies')
  return `${build === null ? '' : 'about '}${count(workloads, 'workload', 'workloads')}, ${kept}`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
