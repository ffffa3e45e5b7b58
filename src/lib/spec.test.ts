import { expect, it } from 'vitest'
import { fetchStandard, rfc } from './spec.ts'
import { sections } from './spec-sections.ts'

it('links to the section at the RFC Editor, in the form its pages have', () => {
  expect(rfc(6749, '4.4.2')).toEqual({
    label: 'RFC 6749 4.4.2',
    href: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2',
  })
  expect(rfc(6749, 'B').href).toBe('https://www.rfc-editor.org/rfc/rfc6749#appendix-B')
  expect(fetchStandard('cors-preflight-fetch').href).toBe(
    'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
  )
})

it('lists each section once, in order, and by a number that a section can have', () => {
  for (const [number, listed] of Object.entries(sections)) {
    expect(new Set(listed).size, number).toBe(listed.length)
    for (const section of listed)
      expect(section, number).toMatch(/^(?:[1-9]\d*(?:\.[1-9]\d*)*|[A-Z](?:\.\d+)*)$/)
  }
})
