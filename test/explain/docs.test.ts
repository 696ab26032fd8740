import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorsMarkdown } from '../../src/explain/markdown.js'
import { ENTRIES } from '../../src/codes/entries.js'

const page = readFileSync('docs/errors.md', 'utf8')

describe('docs/errors.md', () => {
  test('is what `npm run docs` writes today', () => {
    expect(page).toBe(errorsMarkdown())
  })

  test('has one heading for each code, which its index links to', () => {
    const codes = Object.keys(ENTRIES).sort()
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(codes)
    expect([...page.matchAll(/^- \[(.*)\]\(#(.*)\): /gm)].map(([, code]) => code)).toEqual(codes)
    expect([...page.matchAll(/^- \[(.*)\]\(#(.*)\): /gm)].map(([, , anchor]) => anchor?.toUpperCase())).toEqual(codes)
  })

  test('closes every block that it opens, and holds no character that hides itself', () => {
    expect([...page.matchAll(/^```\w+$/gm)].length).toBe([...page.matchAll(/^```$/gm)].length)
    expect(page).not.toMatch(/[\p{Cc}\p{Cf}](?<!\n)/u)
  })
})
