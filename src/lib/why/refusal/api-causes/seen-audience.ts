import { quoted } from '../../../text/quoted.ts'
import type { Facts } from '../facts/facts.ts'
import { listClaim } from '../facts/sent.ts'
import { isKnownResource, namedAudience, resourceOf } from './common.ts'

const withoutSlash = (name: string): string => name.replace(/\/$/, '')

/** The values of `aud`, each without a slash at its end. */
export const audiences = ({ sent }: Facts): readonly string[] =>
  (listClaim(sent.token, 'aud') ?? []).map(withoutSlash)

/** Whether the API, or its metadata, say what it is called. */
const isSaid = (facts: Facts): boolean => namedAudience(facts) !== null || facts.past.resource !== undefined

/**
 * Whether `aud` has what the API calls itself, else the URL that was called or the beginning of its path, with or without a
 * slash at its end. The origin alone is no name of an API with a path.
 */
export const namesAddress = (facts: Facts): boolean => {
  const { url } = facts.sent
  const own = withoutSlash(resourceOf(facts))
  return audiences(facts).some(
    (name) => name === own || (!isSaid(facts) && name !== url.origin && own.startsWith(`${name}/`)),
  )
}

/** What `aud` has to be, as far as that is known. */
export function nameOf(facts: Facts): string {
  if (!isKnownResource(facts)) return 'as it calls itself'
  const how = isSaid(facts) ? 'as it calls itself' : 'by its whole URL, as MCP has it'
  return `${how} (${quoted(resourceOf(facts))})`
}

/** Whether all that `aud` says of this API is its origin. */
export const namesOrigin = (facts: Facts): boolean =>
  !namesAddress(facts) && audiences(facts).includes(facts.sent.url.origin)
