import type { Fix } from '../../../explanation/explanation.ts'
import { quoted } from '../../../text/quoted.ts'
import type { Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { isKnownResource, namedAudience, resourceOf } from './seen-audience.ts'

/** A sign with its sentence, if there is one. */
export const sign = (is: boolean, certainty: Sign['certainty'], found: string): Sign | null =>
  is ? { found, certainty } : null

/** What lets a page read why an API refuses: it says so in its challenge, and CORS hides that. */
export const exposeChallenge = ({ sent: { url } }: Facts): readonly Fix[] => [
  'Let the API send Access-Control-Expose-Headers: WWW-Authenticate, so that its reason can be read here.',
  {
    text: 'Or call it through the relay of npm start, which reads every header field.',
    relay: url.origin,
  },
]

export const newToken: Fix = 'Get a new token, and call again.'

/** Microsoft’s token endpoint of version 2 knows an API by a scope alone. */
const isEntra = ({ config: { token_endpoint } }: Facts): boolean =>
  /^https:\/\/login\.microsoftonline\.[a-z]+\/[^/]+\/oauth2\/v2\.0\//.test(token_endpoint)

/** Whether what was asked for is another name of this API, rather than its origin alone. */
const asksForOther = ({ config: { resource, audience }, sent: { url } }: Facts): boolean =>
  audience !== '' || resource.some((one) => one !== '' && one.replace(/\/$/, '') !== url.origin)

/**
 * A token for this API, as it calls itself, else for its whole URL if nothing but the origin was asked for; under the name
 * by which the form asks.
 * @see RFC 8707 section 2
 */
export function askForResource(facts: Facts): readonly Fix[] {
  const { resource, audience, scope } = facts.config
  const named = namedAudience(facts)
  const one = resourceOf(facts)
  if (resource.includes(one) || (!isKnownResource(facts) && asksForOther(facts))) return []
  if (isEntra(facts)) {
    const wanted = `${one.replace(/\/$/, '')}/.default`
    return named === null || scope === wanted
      ? []
      : [{ text: `Ask for a token with the scope ${quoted(wanted)}`, change: { scope: wanted } }]
  }
  return audience === ''
    ? [{ text: `Ask for a token with the resource ${quoted(one)}`, change: { resource: [one] } }]
    : audience === one
      ? []
      : [{ text: `Ask for a token with the audience ${quoted(one)}`, change: { audience: one } }]
}
