import { fetchStandard, rfc } from '../../spec.ts'
import type { Fix } from '../../explanation/explanation.ts'
import { compare, openInTab } from './common-fixes.ts'
import type { Rule, Tell } from './rule.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { becauseSlow, responded } from './timing.ts'

/** A 30x, which is not followed. */
export const redirectCauses = {
  redirect: (symptoms) => ({
    title: titleAt(symptoms),
    meaning: `It sent a 30x, which was not followed, because the credentials would go along to an address you did not choose. Browsers hide where it leads. ${meaningAt(symptoms)}${symptoms.facts.mayBeUpgraded ? ' Or there was no 30x: a host that the browser knows to speak https: only (HSTS) looks the same, and nothing is sent then.' : ''}`,
    fixes: [
      // What responded is known to be there; a login page is a guess.
      ...(symptoms.otherSlash
        ? [...slash(symptoms), ...sendToken(symptoms)]
        : [...sendToken(symptoms), ...slash(symptoms)]),
      ...https(symptoms),
      ...(symptoms.evidence.known?.afterRedirect ?? []),
      ...otherDocuments(symptoms),
      { text: 'See with curl where Location leads', copy: 'request' },
      compare(symptoms),
    ],
    spec: [fetchStandard('concept-filtered-response-opaque-redirect'), rfc(9110, '15.4')],
  }),
  'to-https': (symptoms) => ({
    title: 'The server may redirect http: to https:',
    meaning:
      'It then responds with a 30x without CORS, as UseHttpsRedirection of ASP.NET Core does: a page sees neither the 30x nor the place it leads to.',
    fixes: [
      ...(symptoms.evidence.known?.secure
        ? [
            {
              text: `Change the URL to ${symptoms.evidence.known.secure}`,
              moveTo: symptoms.evidence.known.secure,
            },
          ]
        : []),
      'Use the https: address that the server prints when it starts (“Now listening on: https://…”).',
      { text: 'See with curl where Location leads, and paste below what it prints', copy: 'request' },
      openInTab(symptoms),
    ],
    spec: [rfc(9110, '15.4')],
  }),
} as const satisfies Record<string, Tell>

/** A path that wants a login sends whoever has none to its page. */
const sendToken = ({ evidence: { target } }: Symptoms): readonly Fix[] => {
  if (target.about !== 'api') return []
  return target.token === 'none'
    ? ['Send a token in the Authorization header: this call had none.']
    : [
        'If Location is a login page, call a path that accepts tokens, or let the API accept them at this one.',
      ]
}

/** A response of the other scheme, on the same port, is what tells that it is there. */
const https = ({ was, elsewhere }: Symptoms): readonly Fix[] =>
  was('other-scheme', 'answered')
    ? [{ text: 'Change http: to https:', moveTo: elsewhere('other-scheme') ?? '' }]
    : []

/** The place that is known for it; else the same path with or without a slash at its end. */
function slash(symptoms: Symptoms): readonly Fix[] {
  const { url, otherSlash, elsewhere, evidence } = symptoms
  const known = evidence.known?.elsewhere ?? null
  const other = elsewhere('other-slash')
  if (known !== null) return [{ text: `Use ${known}${howItDiffers(url.href, known)}`, moveTo: known }]
  if (other === null || (isItsPlace(symptoms) && !otherSlash)) return []
  return [
    {
      text: url.pathname.endsWith('/')
        ? 'Remove the slash at the end of the path'
        : 'Add a slash at the end of the path',
      moveTo: other,
    },
  ]
}

/** What the place has less or more than what was asked, in words; empty if it is another path. */
function howItDiffers(asked: string, known: string): string {
  if (asked === `${known}/`) return ', without the slash at its end'
  if (known === `${asked}/`) return ', with a slash at its end'
  return asked.replace(/([^:/])\/{2,}/g, '$1/') === known ? ', with one slash' : ''
}

/** Metadata are at one of two places, by whose well-known path it is. @see RFC 8414 section 3.1 */
function otherDocuments({ url, evidence: { target } }: Symptoms): readonly Fix[] {
  const [, front = '', , behind = ''] = /^(.*?)\/\.well-known\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? []
  if (target.about !== 'metadata' || !url.pathname.includes('/.well-known/')) return []
  const issuer = (front || behind).replace(/\/$/, '')
  return [
    `${url.origin}${issuer}/.well-known/openid-configuration`,
    `${url.origin}/.well-known/oauth-authorization-server${issuer}`,
    `${url.origin}/.well-known/oauth-authorization-server`,
  ]
    .filter((to, index, all) => to !== url.href && all.indexOf(to) === index)
    .map((to) => ({ text: `Try ${to}`, moveTo: to }))
}

/** A server of a known kind has its endpoint there, or its metadata say so. */
const isItsPlace = ({ evidence: { known, before } }: Symptoms): boolean =>
  known !== null && known.elsewhere === null && (known.redirects !== undefined || before.metadata === 'read')

/**
 * A GET of the place where this kind of server responds to a POST alone: its login page says nothing of the POST. With
 * the CORS that the redirect has, the POST can be read too.
 */
export const isGetOfPost = ({ was, evidence: { target, known } }: Symptoms): boolean =>
  target.method === 'POST' &&
  was('cors-get', 'redirected') &&
  !was('cors-post', 'redirected') &&
  known?.redirects !== undefined &&
  known.elsewhere === null

/** A POST without credentials has nothing to fail at: if it is redirected as well, the path is no endpoint. */
function afterPost({ was }: Symptoms): string {
  if (was('cors-post', 'answered'))
    return ' A POST without credentials was not redirected, so the path is an endpoint, and the server fails at what was sent.'
  return was('cors-post', 'redirected')
    ? ' A POST without credentials was redirected as well, so the path is no endpoint, or every request fails there.'
    : ''
}

/** The login page, if the redirects of this server are known to lead there, and the path, if it is no endpoint. */
function titleAt({ url, evidence: { known } }: Symptoms): string {
  if (known?.redirects === undefined) return 'The server responds with a redirect'
  return `The server redirects to its login page${known.elsewhere === null ? '' : `: ${url.pathname} is no endpoint`}`
}

function meaningAt(symptoms: Symptoms): string {
  const { url, otherSlash, evidence } = symptoms
  if (otherSlash)
    return `The path ${url.pathname.endsWith('/') ? 'without its slash' : 'with a slash'} at the end is there: a GET of it got a response.`
  if (evidence.known?.redirects !== undefined) return `${evidence.known.redirects}${afterPost(symptoms)}`
  return `It is ${url.protocol === 'http:' ? 'most often to https:, ' : ''}to the path with or without a slash at its end, or to a login page.`
}

export const redirectRules: readonly Rule<keyof typeof redirectCauses>[] = [
  {
    cause: 'redirect',
    certainty: ({ facts, sent, evidence: { target, known } }) =>
      facts.mayBeUpgraded || known?.redirects !== undefined || (sent === null && target.method !== 'GET')
        ? 'likely'
        : 'certain',
    when: (symptoms) =>
      symptoms.sent === 'redirected' ||
      (symptoms.sent === null &&
        symptoms.was('cors-get', 'redirected') &&
        !symptoms.was('cors-post', 'answered') &&
        !isGetOfPost(symptoms)),
  },
]

/** A GET that is redirected says little of a POST that failed otherwise; and ASP.NET Core may redirect what cannot be read. */
export const redirectAlternatives: readonly Rule<keyof typeof redirectCauses>[] = [
  {
    cause: 'redirect',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.sent !== 'redirected' &&
      symptoms.sent !== null &&
      symptoms.was('cors-get', 'redirected') &&
      !isGetOfPost(symptoms),
  },
  {
    cause: 'to-https',
    certainty: 'likely',
    when: ({ up, readable, url, evidence: { known, before } }) =>
      up &&
      !readable &&
      url.protocol === 'http:' &&
      known?.losesCors === true &&
      // Nothing was read over http yet.
      before.metadata !== 'read' &&
      !before.succeeded &&
      !before.refused,
  },
]

/** Something responded over http, and this page sees nothing of it. */
const isUnseen = (symptoms: Symptoms): boolean =>
  symptoms.silent &&
  symptoms.url.protocol === 'http:' &&
  !symptoms.was('other-scheme', 'answered') &&
  (symptoms.connected === true || responded(symptoms))

/** Of a server of ASP.NET Core the redirect comes first; of another it is one of several. */
export const aspnetRedirectRules: readonly Rule<keyof typeof redirectCauses>[] = [
  {
    cause: 'to-https',
    certainty: 'likely',
    when: (symptoms) => isUnseen(symptoms) && symptoms.evidence.known?.losesCors === true,
    because: (symptoms) => (responded(symptoms) ? [becauseSlow] : []),
  },
]
