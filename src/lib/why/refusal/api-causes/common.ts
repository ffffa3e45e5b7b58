import type { Fix } from '../../../explanation/explanation.ts'
import { challengeParameter } from '../../../http/challenges.ts'
import { quoted } from '../../../text/quoted.ts'
import type { Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'

/** A sign with its sentence, if there is one. */
export const sign = (is: boolean, certainty: Sign['certainty'], found: string): Sign | null =>
  is ? { found, certainty } : null

export const newToken: Fix = 'Get a new token, and call again.'

const wellKnown = '/.well-known/oauth-protected-resource'

/** The resource that the address of the metadata in its challenge is made from; `null` if there is none. @see RFC 9728 section 3.1 */
export function namedResource({ came: { challenges } }: Facts): string | null {
  const addresses = challenges.map((challenge) => challengeParameter(challenge, 'resource_metadata') ?? '')
  const address = addresses.find((one) => URL.canParse(one) && new URL(one).pathname.startsWith(wellKnown))
  if (address === undefined) return null
  const { origin, pathname, search } = new URL(address)
  return origin + pathname.slice(wellKnown.length) + search
}

/** A token for this API: the resource that its challenge names, else its origin if none was asked for. @see RFC 8707 section 2 */
export function askForResource(facts: Facts): readonly Fix[] {
  const { resource } = facts.config
  const named = namedResource(facts)
  if (named === null ? resource.length > 0 : resource.includes(named)) return []
  const one = named ?? facts.sent.url.origin
  return [{ text: `Ask for a token with the resource ${quoted(one)}`, change: { resource: [one] } }]
}
