import type { Choice } from './choice.js'
import { shellWord } from './shell-word.js'

/** The flags that name what a choice reads; a build is standard input. */
export function flagsOf({ paths, exclude, build }: Choice): readonly string[] {
  return [
    ...(build === null ? paths : ['-']).flatMap((path) => ['-f', path]),
    ...exclude.flatMap((glob) => ['--exclude', glob]),
  ]
}

/** Builds what is to be built, and gives it to a command. */
export function withBuild({ build }: Choice, command: string): string {
  return build === null ? command : `kustomize build ${shellWord(build)} | ${command}`
}

/** What a choice holds; one that leaves policies out says of how many. */
export function holds({ workloads, policies, build }: Choice, all: number): string {
  const kept =
    policies < all ? `${policies} of ${count(all, 'policy', 'policies')}` : count(policies, 'policy', 'policies')
  return `${build === null ? '' : 'about '}${count(workloads, 'workload', 'workloads')}, ${kept}`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
