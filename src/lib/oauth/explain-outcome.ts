import type { Outcome } from '../http/message.ts'
import { fetchStandard, rfc } from '../spec.ts'
import type { TokenRequestConfig } from './config.ts'
import type { Explanation } from './explanation.ts'

type Unreachable = Exclude<Outcome, { kind: 'response' }>

/** Explains a request that came to no answer a page can read; says only what is known. */
export function explainOutcome(outcome: Unreachable, config: TokenRequestConfig): Explanation {
  switch (outcome.kind) {
    case 'opaque-redirect':
      return redirect
    case 'aborted':
      return { ...aborted[outcome.by], spec: [] }
    case 'failure':
      return outcome.partial ? brokenOff(outcome.message) : failed(outcome.message, config)
    default:
      return outcome satisfies never
  }
}

const redirect: Explanation = {
  title: 'The server answered with a redirect',
  meaning:
    'A 30x came back. It was not followed, because the credentials would go along to an address you did not choose. Browsers hide status and Location from a page.',
  causes: [
    'http: is redirected to https:.',
    'The path lacks a trailing slash, or has one too many.',
    'A login page: the URL is not the token endpoint.',
  ],
  fixes: [
    'Change http: to https:.',
    'Compare the URL with token_endpoint in the server’s metadata.',
    'Run curl -i on the URL to see Location.',
  ],
  spec: [fetchStandard('concept-filtered-response-opaque-redirect'), rfc(9110, '15.4')],
}

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
    meaning: 'The body passed 64 MiB and was not read further. What had arrived is shown.',
    causes: ['The URL is a download, not a token endpoint.'],
    fixes: ['Compare the URL with token_endpoint in the server’s metadata.'],
  },
} as const

const brokenOff = (message: string): Explanation => ({
  title: 'The answer broke off',
  meaning: `Status and headers arrived, then the connection ended before the body was complete. The browser says: “${message}”.`,
  causes: [
    'The server or a proxy crashed or closed the connection early.',
    'Content-Length names more than was sent.',
  ],
  fixes: ['Read the server’s log at the time of this request, then try again.'],
  spec: [rfc(9112, '8')],
})

/** A page is told nothing about the cause, so none is claimed. */
function failed(
  message: string,
  { token_endpoint, token_endpoint_auth_method }: TokenRequestConfig,
): Explanation {
  const { host, protocol } = new URL(token_endpoint)
  const basic = token_endpoint_auth_method === 'client_secret_basic'
  return {
    title: 'The browser gave no answer to this page',
    meaning: `It says only “${message}”, and says so for every cause below alike. Its console knows more; a page cannot read it.`,
    causes: [
      `Nothing listens at ${host}, or the name does not resolve.`,
      ...(protocol === 'https:' ? [`The certificate of ${host} is not trusted by this browser.`] : []),
      'The server does not allow this page’s origin (CORS). It may then have handled the request, and only the answer is withheld.',
      ...(basic ? ['The server does not answer the preflight that the Authorization header causes.'] : []),
      'The browser denied access to the local network, or blocked mixed content.',
    ],
    fixes: [
      'Open the developer tools: the console names the cause.',
      `Open ${token_endpoint} in a tab: any page at all, even an error, shows that the server is there and its certificate accepted.`,
      ...(basic ? ['Choose client_secret_post: it needs no preflight.'] : []),
      'Allow this page’s origin at the server.',
    ],
    spec: [fetchStandard('concept-network-error'), fetchStandard('http-cors-protocol')],
  }
}
