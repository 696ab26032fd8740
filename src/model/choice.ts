/** A part of the input that can be read where all of it cannot: the words of a command, and what it holds. */
export interface Choice {
  /** What to give with `-f`. */
  readonly paths: readonly string[]
  readonly exclude: readonly string[]
  /** The folder of a kustomization to build and pipe in, instead of paths. */
  readonly build: string | null
  /** A chart to render and pipe in, with the number of its templates, instead of paths. Nobody tried it. */
  readonly render: {
    readonly chart: string
    readonly templates: number
    /** What is installed of the chart, where an object of the input says so: the chart itself is not in the input. */
    readonly release?: ReleaseOfChart
  } | null
  readonly workloads: number
  readonly policies: number
}

/** A release that Flux, Argo CD or k3s makes of a chart. */
export interface ReleaseOfChart {
  readonly name: string
  readonly namespace: string | null
  /** The address of the repository; null where that of the chart says it. */
  readonly repository: string | null
  readonly version: string | null
  /** The file with the values that are meant. */
  readonly file: string
}

/** What an answer in JSON says of choices: nothing, where there is none to make. */
export function choicesOfAnswer(choices: Choices | null): { readonly choices?: readonly Choice[] } {
  return choices === null || choices.choices.length === 0 ? {} : { choices: choices.choices }
}

/** The choices that were tried, the one that keeps most policies first. */
export interface Choices {
  readonly choices: readonly Choice[]
  /** How many policies there are in all of the input, each counted once. */
  readonly policies: number
}

/** Reads a part as the user would, and says what it holds then; null where it cannot be read. */
export type TryChoice = (choice: Choice) => Choice | null
