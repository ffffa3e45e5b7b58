import { describe, expect, it } from 'vitest'
import { partMissing, troubleWords } from './trouble.ts'

const script = 'https://page.example/assets/practice-a.js'

describe('troubleWords', () => {
  it.each([
    ['Chromium', new TypeError(`Failed to fetch dynamically imported module: ${script}`)],
    ['Firefox', new TypeError(`error loading dynamically imported module: ${script}`)],
    ['Safari', new TypeError('Importing a module script failed.')],
    ['Safari, of a page in its place', new TypeError("'text/html' is not a valid JavaScript MIME type.")],
    ['Vite, of styles', new Error('Unable to preload CSS for /assets/late-a.css')],
  ])('knows a missing part by the words of %s', (_who, error) => {
    expect(troubleWords(error)).toBe(partMissing)
    expect(troubleWords(String(error))).toBe(partMissing)
  })

  it.each([
    new TypeError('Failed to fetch'),
    new Error('Failed to import the key'),
    'Error: The disk is full.',
  ])('leaves other errors as they are: %s', (error) => {
    expect(troubleWords(error)).toBe(`The page could not do that: ${String(error)}`)
  })
})
