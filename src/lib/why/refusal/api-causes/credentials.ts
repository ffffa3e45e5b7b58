import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause, Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import * as token from './seen-token.ts'
import { cause } from '../facts/make.ts'
import { changesSomething } from './rights.ts'
import { sign } from './common.ts'

const likely = (is: boolean, found: string): Sign | null => sign(is, 'likely', found)

const asBearer: Fix = { text: 'Send the token as a Bearer token', call: { presentation: 'bearer' } }
const underDpop: Fix = { text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } }

/** What shows that the API wants another scheme; `null` if nothing does. */
function otherScheme(facts: Facts): string | null {
  const sent = token.schemeOf(facts)
  const wanted = token.wantedSchemes(facts)
  if (sent === 'bearer' && token.boundTo(facts) !== null)
    return 'The token is bound to a key (cnf.jkt), and was sent as a Bearer token.'
  // An API that accepts DPoP alone may say Bearer all the same, with a code.
  if (sent === '' || wanted.length === 0 || wanted.includes(sent)) return null
  return !/^invalid_(token|dpop_proof|request)$|^use_dpop_nonce$/.test(facts.came.code) || sent !== 'dpop'
    ? `The API asks for ${quoted(facts.came.challenges.map(({ scheme }) => scheme).join(', '))}, and ${quoted(facts.sent.authorization?.scheme ?? '')} was sent.`
    : null
}

/** Whether the challenge names schemes, and none that tokens are sent under. */
const isOwnLogin = (facts: Facts): boolean => {
  const wanted = token.wantedSchemes(facts)
  return wanted.length > 0 && !wanted.some((scheme) => scheme === 'bearer' || scheme === 'dpop')
}

function schemes(facts: Facts): readonly Fix[] {
  const wantsDpop = token.wantedSchemes(facts).includes('dpop')
  if (token.schemeOf(facts) !== 'bearer') {
    if (wantsDpop && !token.isDpop(facts)) return [underDpop]
    return token.boundTo(facts) === null
      ? [asBearer]
      : [asBearer, { text: 'Get a token that is bound to no key', change: { dpop: { on: false } } }]
  }
  if (token.boundTo(facts) !== null) return [underDpop]
  return wantsDpop
    ? [{ text: 'Bind the token to a key, and get a new one', change: { dpop: { on: true } } }, underDpop]
    : ['Look in the API’s documentation for the scheme that it accepts.']
}

function outOfUrl({ sent }: Facts): readonly Fix[] {
  const url = new URL(sent.url)
  url.searchParams.delete('access_token')
  return [{ text: 'Take access_token out of the URL', call: { url: url.href } }]
}

const spec = [rfc(6750, '2.1')]

/** Whether the credentials arrived, and under the right scheme. @see RFC 9110 section 11.6.1, RFC 9449 section 7.1 */
export const apiCredentials = {
  'credentials-lost': cause({
    stage: 'header',
    title: 'The Authorization header did not arrive',
    meaning:
      'The API asks for the very scheme that was used, as if no token had reached it. A proxy or gateway may remove the header.',
    fixes: ['See whether a proxy or gateway before the API passes Authorization on.'],
    spec: [rfc(6750, '3.1')],
    applies: ({ sent, came, past }) =>
      sent.authorization !== null && came.code === '' && past.acceptedScheme === null,
  }),
  'scheme-wrong': cause({
    stage: 'scheme',
    title: (facts) =>
      isOwnLogin(facts)
        ? 'The API asks for another kind of login'
        : 'The API wants the token under another scheme',
    meaning: (facts) =>
      otherScheme(facts) ??
      `The token was sent under ${quoted(facts.sent.authorization?.scheme ?? 'no scheme')}, and the API may accept another scheme only.`,
    fixes: schemes,
    spec: [rfc(9449, '7.1'), rfc(9449, '7.2')],
    applies: (facts) =>
      facts.sent.authorization !== null &&
      // What the API accepted under this scheme before.
      facts.past.acceptedScheme !== token.schemeOf(facts) &&
      ((facts.came.code === '' && facts.came.challenges.length === 0) || otherScheme(facts) !== null),
    sign: (facts) => {
      const found = otherScheme(facts)
      // A page of errors behind a check against forged requests may ask for a Bearer token too.
      const isPossible = token.isDpop(facts) && changesSomething(facts)
      return found === null ? null : { found, certainty: isPossible ? 'possible' : 'likely' }
    },
  }),
  'scheme-case': cause({
    stage: 'scheme',
    title: ({ sent }) =>
      `The API may not accept the scheme as ${quoted(sent.authorization?.scheme ?? 'it is')}`,
    meaning:
      'RFC 9110 has names of schemes compared without regard to case. Some APIs compare them letter by letter all the same.',
    fixes: (facts) => [`Write the scheme as ${token.isDpop(facts) ? 'DPoP' : 'Bearer'}, in that case.`],
    spec: [rfc(9449, '7.1')],
    applies: ({ sent: { authorization } }) =>
      /^(bearer|dpop)$/i.test(authorization?.scheme ?? '') &&
      !/^(Bearer|DPoP)$/.test(authorization?.scheme ?? ''),
  }),
  'two-spaces': cause({
    stage: 'signature',
    title: 'Two spaces are between scheme and token',
    meaning:
      'One space separates them. Some APIs read the second as the first character of the token, whose signature then does not verify.',
    fixes: ['Leave one space between scheme and token.'],
    spec,
    applies: token.hasTwoSpaces,
    sign: (facts) => likely(token.hasTwoSpaces(facts), 'More than one space follows the scheme.'),
  }),
  'scheme-twice': cause({
    stage: 'token',
    title: 'The name of the scheme is before the token twice',
    meaning:
      'The API reads what follows the first Bearer or DPoP as the token, and the second is no part of it.',
    fixes: ['Remove the second Bearer or DPoP: it was probably copied along with the token.'],
    spec,
    applies: token.hasSchemeTwice,
    sign: (facts) => likely(token.hasSchemeTwice(facts), 'The name of a scheme follows the scheme.'),
  }),
  'token-in-quotes': cause({
    stage: 'token',
    title: 'The token was sent in quotation marks',
    meaning: 'Quotation marks belong to JSON, and not to the token. The API reads them as a part of it.',
    fixes: ['Remove the quotation marks around the token.'],
    spec,
    applies: token.isInQuotes,
    sign: (facts) => likely(token.isInQuotes(facts), 'A quotation mark is at an end of the token.'),
  }),
  'scheme-missing': cause({
    stage: 'scheme',
    title: 'The Authorization header has the token alone',
    meaning:
      'The name of the scheme comes first, then one space, then the token. Without the scheme an API does not know what the rest is.',
    fixes: [{ text: 'Write Bearer and a space before the token', call: { presentation: 'bearer' } }],
    spec,
    applies: token.isWithoutScheme,
    sign: (facts) => likely(token.isWithoutScheme(facts), 'What is in the place of the scheme is a token.'),
  }),
  'token-elsewhere': cause({
    stage: 'header',
    title: 'The token is in the URL, and the API looks for it in the header',
    meaning: 'Few APIs look for access_token in the URL: URLs end up in logs.',
    fixes: (facts) => [
      { text: 'Send the token in the Authorization header', call: { presentation: 'bearer' } },
      ...outOfUrl(facts),
    ],
    spec: [rfc(6750, '2.3'), rfc(6750, '2.1')],
    applies: (facts) => token.isInUrl(facts) && facts.sent.authorization === null,
    sign: (facts) =>
      likely(
        token.isInUrl(facts) && facts.sent.authorization === null,
        'The URL has access_token, and the header Authorization was not sent.',
      ),
  }),
  'token-in-two-places': cause({
    stage: 'header',
    title: 'The token is in the URL as well',
    meaning: 'A token must be sent in one way only, and URLs end up in logs.',
    fixes: outOfUrl,
    spec: [rfc(6750, '2'), rfc(6750, '2.3')],
    applies: (facts) => token.isInUrl(facts) && facts.sent.authorization !== null,
    sign: (facts) =>
      likely(
        token.isInUrl(facts) && facts.sent.authorization !== null,
        'The URL has access_token, and the header Authorization was sent too.',
      ),
  }),
  'request-malformed': cause({
    stage: 'handler',
    title: 'The API finds the request itself wrong',
    meaning: 'A parameter, a header field or the body is not what this path expects.',
    fixes: ['Read the body for the API’s own words.', 'Compare the call with the API’s documentation.'],
    spec: [rfc(9110, '15.5'), rfc(6750, '3.1')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
