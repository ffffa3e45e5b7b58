import { isLoopback } from '../http/browser-fields.ts'
import type { Outcome } from '../http/message.ts'
import { fetchStandard, rfc } from '../spec.ts'
import type { Explanation } from './explanation.ts'

/** Where a request went, in words that fit into a sentence, and what can be changed about it. */
export interface Target<Fix> {
  readonly url: string
  /** "the API" */
  readonly name: string
  /** "Compare the URL with …" */
  readonly compare: string
  /** What makes the browser ask first, as the name of a header field; `null` where it asks nothing. */
  readonly preflight: string | null
  /** Causes that this target alone can have, told first. */
  readonly causes: readonly string[]
  /** What to try first, where nothing came back. */
  readonly first: readonly Fix[]
  /** What the server has to allow. */
  readonly allow: readonly string[]
  /** Makes the change of the URL that a redirect suggests. */
  readonly moveTo: (url: string, text: string) => Fix
}

/** An explanation whose fixes are changes of what the target is of. */
export type Unreached<Fix> = Omit<Explanation, 'fixes'> & {
  readonly fixes: readonly (Fix | string | { readonly text: string; readonly href: string })[]
}

/** Explains a request that came to no answer a page can read; says only what is known. `origin` is the page's. */
export function explainUnreachable<Fix>(
  outcome: Exclude<Outcome, { kind: 'response' }>,
  target: Target<Fix>,
  origin: string,
): Unreached<Fix> {
  switch (outcome.kind) {
    case 'opaque-redirect':
      return redirected(target)
    case 'aborted':
      return { ...aborted(target)[outcome.by], certainty: 'possible', spec: [] }
    case 'failure':
      return outcome.partial ? brokenOff(outcome.message, target) : failed(outcome.message, target, origin)
    default:
      return outcome satisfies never
  }
}

function redirected<Fix>({ url, name, compare, moveTo }: Target<Fix>): Unreached<Fix> {
  const plain = new URL(url).protocol === 'http:'
  return {
    title: 'A redirect came back',
    meaning: `Instead of an answer, ${name} sent a 30x. It was not followed, because what was sent would go along to an address you did not choose. Browsers hide status and Location from a page.`,
    certainty: 'possible',
    causes: [
      ...(plain ? ['http: is redirected to https:.'] : []),
      'The path lacks a trailing slash, or has one too many.',
      'A login page for people: the server did not take the request for one of a program.',
    ],
    fixes: [
      ...(plain ? [moveTo(url.trim().replace(/^http:/i, 'https:'), 'Change http: to https:')] : []),
      compare,
      'Run curl -i on the URL to see Location.',
    ],
    spec: [fetchStandard('concept-filtered-response-opaque-redirect'), rfc(9110, '15.4')],
  }
}

const aborted = ({ name, compare }: Target<unknown>) => ({
  person: {
    title: 'Cancelled',
    meaning: `You cancelled the request. It may have reached ${name} all the same, and may have had its effect there.`,
    causes: [],
    fixes: [],
  },
  timeout: {
    title: 'No answer in time',
    meaning: `The answer of ${name} was not complete when the time you set was over. It may still be working on the request.`,
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
    causes: ['The URL is a download.'],
    fixes: [compare],
  },
})

const brokenOff = (message: string, { name }: Target<unknown>): Unreached<never> => ({
  title: 'The answer broke off',
  meaning: `Status and headers of ${name} arrived, then the connection ended before the body was complete. The browser says: “${message}”.`,
  certainty: 'possible',
  causes: [
    'The server or a proxy crashed or closed the connection early.',
    'Content-Length names more than was sent.',
  ],
  fixes: ['Read the server’s log at the time of this request, then try again.'],
  spec: [rfc(9112, '8')],
})

/** A page is told nothing about the cause, so none is claimed; what cannot apply to this URL is left out. */
function failed<Fix>(message: string, target: Target<Fix>, origin: string): Unreached<Fix> {
  const url = new URL(target.url)
  const local = isLoopback(url) || /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.|\.local$/.test(url.hostname)
  const mixed = origin.startsWith('https:') && url.protocol === 'http:' && !isLoopback(url)
  const cross = url.origin !== origin
  const asks =
    target.preflight === null
      ? []
      : [
          `The browser asks first, because of ${target.preflight}, and the server does not answer that OPTIONS request with a 2xx and what it allows; often it wants a token there too.`,
        ]
  return {
    title: 'The browser gave no answer to this page',
    meaning: `It says only “${message}”, and says so for every cause below alike. Its console knows more; a page cannot read it.`,
    certainty: 'possible',
    causes: [
      ...target.causes,
      ...(cross
        ? [
            `${upper(target.name)} does not allow the origin ${origin} (CORS). It may then have handled the request, and only the answer is withheld.`,
            ...asks,
          ]
        : []),
      `Nothing listens at ${url.host}, or the name does not resolve.`,
      ...(url.protocol === 'https:'
        ? [`The certificate of ${url.host} is not trusted by this browser.`]
        : []),
      ...(local && cross ? ['The browser denied this page access to the local network.'] : []),
      ...(mixed ? ['A page from https: may not call http: (mixed content).'] : []),
    ],
    fixes: [
      'Open the developer tools: the console names the cause.',
      ...target.first,
      {
        text: 'Open the URL in a tab: any page at all, even an error, shows that the server is there and its certificate accepted',
        href: url.href,
      },
      ...(cross
        ? [`Let the server answer with Access-Control-Allow-Origin: ${origin}`, ...target.allow]
        : []),
    ],
    spec: [fetchStandard('concept-network-error'), fetchStandard('http-cors-protocol')],
  }
}

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
