import type { Path, Position, Source } from '../../model/source.js'

/** A source that can also tell where a key stands, for fields that should not be there. */
export interface ObjectSource extends Source {
  locateKey(path: Path): Position | null
}
