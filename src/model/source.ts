/** A path inside an object: `['spec', 'ingress', 0]`. */
export type Path = readonly (string | number)[]

/** A place in a file. Lines and columns start at 1; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Where an object was read. Positions are found only when a message needs one, by parsing the object's text again,
 * so that reading a large input never pays for them.
 */
export interface Source {
  /** The path as the user gave it or the walk found it, `<stdin>`, or null for what no file says. */
  readonly file: string | null
  /** What the object was rendered from, as helm or kustomize says beside it: `shop/templates/db.yaml`; else null. */
  readonly renderedFrom: string | null
  /** Where a path of the object stands: the nearest ancestor that is written down; null without a file. */
  readonly locate: (path: Path) => Position | null
}

/** The source of objects that the loader makes up, such as a namespace that nobody defined. */
export const NO_SOURCE: Source = { file: null, renderedFrom: null, locate: () => null }

/** A place in the input as every output has it; null where there is none. */
export interface Place {
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  /** The template or manifest that it was rendered from, where the document says so (helm, kustomize). */
  readonly source?: string
}

/** Where a path of an object stands. */
export function placeOf(
  { file, renderedFrom, locate }: Pick<Source, 'file' | 'renderedFrom' | 'locate'>,
  path: Path,
): Place {
  return placeAt(file, locate(path), renderedFrom)
}

/** A position in a file as a place. */
export function placeAt(file: string | null, position: Position | null, renderedFrom: string | null = null): Place {
  const place = { file, line: position?.line ?? null, column: position?.column ?? null }
  return renderedFrom === null ? place : { ...place, source: renderedFrom }
}

/** Writes a path as Kubernetes does: `spec.ingress[0].from[1]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )
}
