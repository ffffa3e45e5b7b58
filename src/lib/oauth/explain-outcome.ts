import { isLoopback } from '../http/browser-fields.ts'
import type { Outcome } from '../http/message.ts'
import { fetchStandard, rfc } from '../spec.ts'
import type { TokenRequestConfig } from './config.ts'
import type { Explanation, Fix } from './explanation.ts'

type Unreachable = Exclude<Outcome, { kind: 'response' }>

/** Explains a request that came to no answer a page can read; says only what is known. `origin` is the page's. */
export function explainOutcome(
  outcome: Unreachable,
  config: TokenRequestConfig,
  origin: string,
): Explanation {
  switch (outcome.kind) {
    case 'opaque-redirect':
      return redirect(config)
    case 'aborted':
      return { ...aborted[outcome.by], certainty: 'possible', spec: [] }
    case 'failure':
      return outcome.partial ? brokenOff(outcome.message) : failed(outcome.message, config, origin)
    default:
      return outcome satisfies never
  }
}

const redirect = ({ token_endpoint }: TokenRequestConfig): Explanation => {
  const plain = new URL(token_endpoint).protocol === 'http:'
  return {
    title: 'The server answered with a redirect',
    meaning:
      'A 30x came back. It was not followed, because the credentials would go along to an address you did not choose. Browsers hide status and Location from a page.',
    certainty: 'possible',
    causes: [
      ...(plain ? ['http: is redirected to https:.'] : []),
      'The path lacks a trailing slash, or has one too many.',
      'A login page: the URL is not the token endpoint.',
    ],
    fixes: [
      ...(plain
        ? [{ text: 'Change http: to https:', change: { token_endpoint: secure(token_endpoint) } }]
        : []),
      'Compare the URL with token_endpoint in the server’s metadata.',
      'Run curl -i on the URL to see Location.',
    ],
    spec: [fetchStandard('concept-filtered-response-opaque-redirect'), rfc(9110, '15.4')],
  }
}

const secure = (url: string): string => url.trim().replace(/^http:/i, 'https:')

const aborted = {
  person: {
    title: 'Cancelled',
    meaning:
      'You cancelled the request. The server may have handled it all the same, and may have issued a token nobody reads.',
    causes: [],
    fixes: [],
  },
  timeout: {
    title: 'No answer in time',
    meaning:
      'The server had not answered in full when the time you set was over. It may still be working on the request.',
    causes: [
      'The server is stuck, stopped at a breakpoint, or very slow.',
      'A firewall drops the packets without a word.',
      'The browser is waiting for you: a permission prompt for the local network may be open.',
    ],
    fixes: [
      'Look for a prompt of the browser.',
      'Raise the timeout.',
      'Check that the server answers elsewhere, with curl for one.',
    ],
  },
  size: {
    title: 'The answer is too large',
    meaning: 'The body passed 16 MiB and was not read further. What had arrived is shown.',
    causes: ['The URL is a download, not a token endpoint.'],
    fixes: ['Compare the URL with token_endpoint in the server’s metadata.'],
  },
} as const

const brokenOff = (message: string): Explanation => ({
  title: 'The answer broke off',
  meaning: `Status and headers arrived, then the connection ended before the body was complete. The browser says: “${message}”.`,
  certainty: 'possible',
  causes: [
    'The server or a proxy crashed or closed the connection early.',
    'Content-Length names more than was sent.',
  ],
  fixes: ['Read the server’s log at the time of this request, then try again.'],
  spec: [rfc(9112, '8')],
})

/** A page is told nothing about the cause, so none is claimed; what cannot apply to this URL is left out. */
function failed(message: string, config: TokenRequestConfig, origin: string): Explanation {
  const url = new URL(config.token_endpoint)
  const basic = config.token_endpoint_auth_method === 'client_secret_basic'
  const local = isLoopback(url) || /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.|\.local$/.test(url.hostname)
  const mixed = origin.startsWith('https:') && url.protocol === 'http:' && !isLoopback(url)
  const useBody: Fix = {
    text: 'Send the credentials in the body (client_secret_post): it needs no preflight',
    change: { token_endpoint_auth_method: 'client_secret_post' },
  }
  return {
    title: 'The browser gave no answer to this page',
    meaning: `It says only “${message}”, and says so for every cause below alike. Its console knows more; a page cannot read it.`,
    certainty: 'possible',
    causes: [
      `Nothing listens at ${url.host}, or the name does not resolve.`,
      ...(url.protocol === 'https:'
        ? [`The certificate of ${url.host} is not trusted by this browser.`]
        : []),
      `The server does not allow the origin ${origin} (CORS). It may then have handled the request, and only the answer is withheld.`,
      ...(basic ? ['The server does not answer the preflight that the Authorization header causes.'] : []),
      ...(local ? ['The browser denied this page access to the local network.'] : []),
      ...(mixed ? ['A page from https: may not call http: (mixed content).'] : []),
    ],
    fixes: [
      'Open the developer tools: the console names the cause.',
      {
        text: 'Open the endpoint in a tab: any page at all, even an error, shows that the server is there and its certificate accepted',
        href: url.href,
      },
      ...(basic ? [useBody] : []),
      `Allow the origin ${origin} at the server.`,
    ],
    spec: [fetchStandard('concept-network-error'), fetchStandard('http-cors-protocol')],
  }
}
