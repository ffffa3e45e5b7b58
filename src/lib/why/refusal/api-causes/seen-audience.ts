import { challengeParameter } from '../../../http/challenges.ts'
import { quoted } from '../../../text/quoted.ts'
import type { Facts } from '../facts/facts.ts'
import { listClaim } from '../facts/sent.ts'
import { isRpc } from './seen-mcp.ts'

const wellKnown = '/.well-known/oauth-protected-resource'

/** The resource that the address of the metadata in its challenge is made from; `null` if there is none. @see RFC 9728 section 3.1 */
function namedResource({ came: { challenges } }: Facts): string | null {
  const addresses = challenges.map((challenge) => challengeParameter(challenge, 'resource_metadata') ?? '')
  const address = addresses.find((one) => URL.canParse(one) && new URL(one).pathname.startsWith(wellKnown))
  if (address === undefined) return null
  const { origin, pathname, search } = new URL(address)
  return origin + pathname.slice(wellKnown.length) + search
}

/** Parameters of a challenge that name the API itself: those of Azure, and what others call it. */
const naming = ['resource', 'resource_id', 'audience'] as const

const value = `(?:"([^"]+)"|'([^']+)'|“([^”]+)”|\`([^\`]+)\`|([^\\s"'“”\`,;<>\\]]*[:/.-][^\\s"'“”\`,;<>\\]]*))`

/** Sentences in which an API names the audience that it expects; what it names in others is that of the token. */
const expecting: readonly RegExp[] = [
  new RegExp(
    `\\baud(?:ience)?s?\\b[^\\n]{0,40}?\\bexpect(?:ed|s|ing)?(?: (?:it )?to be)?:? *\\[?${value}`,
    'i',
  ),
  new RegExp(
    `\\bexpect(?:ed|s|ing)? (?:an? |the )?["']?aud(?:ience)?s?["']?(?: claim)?(?: to be| of)?:? *\\[?${value}`,
    'i',
  ),
  new RegExp(`\\ballowed audiences?:? *\\[?${value}`, 'i'),
  new RegExp(`\\bvalidAudiences?: *${value}`, 'i'),
  new RegExp(
    `\\baud(?:ience)?\\b[^\\n]{0,40}?\\b(?:must|should|has to|needs to) (?:be|contain|include|equal|match)(?: one of)?:? *\\[?${value}`,
    'i',
  ),
  new RegExp(
    `\\baud(?:ience)?\\b[^\\n]{0,40}?\\b(?:does not|doesn't|not) (?:contain|include|match|equal)(?: to)?:? *\\[?${value}`,
    'i',
  ),
  new RegExp(`\\brequired audience:? *\\[?${value}`, 'i'),
]

/** What an API calls itself, in its challenge or its words, to the letter; `null` if it does not say. @see RFC 8707 section 2 */
export function namedAudience(facts: Facts): string | null {
  const { came, sent } = facts
  const ofToken = listClaim(sent.token, 'aud') ?? []
  const inChallenge = came.challenges.flatMap((challenge) =>
    naming.flatMap((name) => challengeParameter(challenge, name) ?? []),
  )
  const inWords = expecting.flatMap((says) => {
    const named = says.exec(came.words)?.slice(1).find(Boolean)
    return named === undefined ? [] : [named.split(/ or |, /)[0] ?? named]
  })
  const isName = (one: string): boolean =>
    one !== '' && one.length <= 200 && !/^null$/i.test(one) && !ofToken.includes(one)
  // A full stop behind a name without quotation marks ends the sentence.
  const bare = inWords.map((one) => one.replace(/\.$/, ''))
  return [...inChallenge, ...bare].find(isName) ?? namedResource(facts)
}

/** The URL that was called as the resource that it is: without query, and without a slash that the URL Standard added. @see RFC 8707 section 2 */
const calledUrl = ({ sent: { url } }: Facts): string =>
  url.origin + (url.pathname === '/' ? '' : url.pathname)

/** Whether its metadata were read. */
const hasMetadata = ({ past }: Facts): boolean => (past.metadata ?? null) !== null

/** What this API is as a resource: as it calls itself, or its metadata do, else the whole URL that was called. */
export const resourceOf = (facts: Facts): string =>
  namedAudience(facts) ?? facts.past.metadata?.resource ?? calledUrl(facts)

/** Whether it is known what has to be in `aud`: of an MCP server its URL, of an API with metadata of its own their resource. */
export const isNamedByUrl = (facts: Facts): boolean =>
  isRpc(facts) ||
  hasMetadata(facts) ||
  new URL(namedResource(facts) ?? facts.sent.url.origin).pathname !== '/'

/** Whether it is known how the API calls itself, or it is an MCP server, which is known by its URL. */
export const isKnownResource = (facts: Facts): boolean =>
  namedAudience(facts) !== null || hasMetadata(facts) || isRpc(facts)

const withoutSlash = (name: string): string => name.replace(/\/$/, '')

/** The values of `aud`, each without a slash at its end. */
export const audiences = ({ sent }: Facts): readonly string[] =>
  (listClaim(sent.token, 'aud') ?? []).map(withoutSlash)

/** Whether the API, or its metadata, say what it is called. */
const isSaid = (facts: Facts): boolean => namedAudience(facts) !== null || hasMetadata(facts)

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
