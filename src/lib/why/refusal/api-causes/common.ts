import type { Fix } from '../../../explanation/explanation.ts'
import type { Sign } from '../facts/cause.ts'

/** A sign with its sentence, if there is one. */
export const sign = (is: boolean, certainty: Sign['certainty'], found: string): Sign | null =>
  is ? { found, certainty } : null

export const newToken: Fix = 'Get a new token, and call again.'
