import type { Fix } from '../../explanation/explanation.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { withoutSecrets } from '../evidence/target.ts'

/** Has the browser's own error page name the cause, and lets a certificate be accepted. */
export const openInTab = ({ url }: Symptoms): Fix => ({
  text: `Open ${url.host} in a tab: the browser’s own error page names the cause`,
  href: withoutSecrets(url.href),
})

/** A tab needs no CORS, and shows a page of 404 or 405, or that of a proxy. */
export const lookInTab = ({ url }: Symptoms): Fix => ({
  text: `Open ${url.host} in a tab, which needs no CORS, to see what responds there`,
  href: withoutSecrets(url.href),
})

/** The console knows what no page may read. */
export const readConsole: Fix =
  'Open the developer tools, try again, and paste here the line that the console shows: it names the cause.'

/** The exact origin, and curl to see whether it is allowed. */
export const allowOrigin: readonly Fix[] = [
  {
    text: 'Let the server respond to this page with Access-Control-Allow-Origin:',
    guide: 'origin',
  },
  { text: 'See with curl what a request of this page’s origin gets', copy: 'request' },
]

/**
 * For a server that needs no change: the obstacle is a browser’s rule. Not for a host that a shell
 * would read as more than a word: it goes into a command to be copied.
 */
export const throughRelay = ({ url }: Symptoms): Fix => {
  if (!/^https?:\/\/[\w.:[\]-]+$/.test(url.origin))
    return 'Or ask the server by a program that is no browser.'
  return {
    text: 'Or let the relay of npm start ask the server: it needs no CORS.',
    relay: url.origin,
  }
}

/** The one change that needs nothing of the server. */
export const avoidPreflight = ({ evidence, preflighted }: Symptoms): readonly Fix[] =>
  preflighted && evidence.target.avoidable && evidence.known?.methodFixed !== true
    ? [
        {
          text: 'Send the credentials in the body (client_secret_post): the browser then asks nothing first',
          change: { token_endpoint_auth_method: 'client_secret_post' },
        },
      ]
    : []

export const asksDpop = ({ evidence: { target } }: Symptoms): boolean => target.asks.includes('dpop')

/** A proof is a header field that a server without DPoP does not allow. @see RFC 9449 section 4 */
export const withoutDpop = (symptoms: Symptoms): readonly Fix[] =>
  asksDpop(symptoms) && symptoms.evidence.target.about !== 'api'
    ? [
        {
          text: `Send it without a DPoP proof${symptoms.evidence.known?.withoutDpop ? `: ${symptoms.evidence.known.name} has no DPoP` : ''}`,
          change: { dpop: { on: false } },
        },
      ]
    : []

/** A page of http://localhost may go where one of https: may not. */
export const runLocally: Fix =
  'Open this page from http://localhost, with npm start: browsers let such a page call this machine and the local network freely.'

/** Where the right URL is written. */
export const compare = ({ evidence: { target } }: Symptoms): Fix =>
  target.about === 'api'
    ? 'Compare the URL with the API’s documentation.'
    : 'Compare the URL with the one in the server’s metadata.'
