import type { Code } from '../model/codes.js'
import { DIRECTION_PAGES } from './directions.js'
import { INPUT_PAGES, QUESTION_PAGES } from './input.js'
import { OBJECT_PAGES } from './objects.js'
import type { Page } from './page.js'
import { PEER_PAGES } from './peers.js'
import { PORT_PAGES } from './ports.js'
import { SELECTOR_PAGES } from './selectors.js'
import { SETTINGS_PAGES } from './settings.js'
import { TEXT_PAGES } from './text.js'

/** The page of every code; the compiler insists that none is missing. */
export const PAGES: Readonly<Record<Code, Page>> = {
  ...INPUT_PAGES,
  ...QUESTION_PAGES,
  ...SETTINGS_PAGES,
  ...TEXT_PAGES,
  ...OBJECT_PAGES,
  ...PEER_PAGES,
  ...PORT_PAGES,
  ...SELECTOR_PAGES,
  ...DIRECTION_PAGES,
}
