import { fetchStandard, rfc } from '../../spec.ts'
import type { Explanation, Fix } from '../../explanation/explanation.ts'
import type { Unreachable } from './read-response.ts'

/** Where a request went, in words that fit into a sentence, and what is known of it beforehand. */
export interface Target {
  /** "the API" */
  readonly name: string
  /** "Compare the URL with …" */
  readonly compare: string
  /** Causes that this target alone can have. */
  readonly causes: readonly string[]
  /** What to try there, if nothing came back. */
  readonly fixes: readonly Fix[]
}

/** Explains a request without a response that a page can read. The connection check finds out why. */
export function explainUnreachable({ outcome }: Unreachable, target: Target): Explanation {
  switch (outcome.kind) {
    case 'opaque':
    case 'opaque-redirect':
      return redirected(target)
    case 'aborted':
      return { ...aborted(target)[outcome.by], certainty: 'possible', spec: [] }
    case 'failure':
      if (outcome.name === 'RelayFailure' && !outcome.partial) return relayFailed(outcome.message)
      return outcome.partial ? brokenOff(outcome.message, target) : failed(outcome.message, target)
    default:
      return outcome satisfies never
  }
}

const redirected = ({ name, compare }: Target): Explanation => ({
  title: 'The server responded with a redirect',
  meaning: `Instead of a response, ${name} sent a 30x. It was not followed, because what was sent would go along to an address you did not choose.`,
  certainty: 'possible',
  causes: [],
  fixes: [compare],
  spec: [fetchStandard('concept-filtered-response-opaque-redirect'), rfc(9110, '15.4')],
})

const aborted = ({ name, compare }: Target) => ({
  person: {
    title: 'Cancelled',
    meaning: `You cancelled the request. It may have reached ${name} all the same, and may have had its effect there: a token that nobody reads, for one.`,
    causes: [],
    fixes: [],
  },
  timeout: {
    title: 'No response in time',
    meaning: `The response of ${name} was not complete when the time you set was over. It may still be working on the request.`,
    causes: [],
    fixes: ['Raise the timeout.'],
  },
  size: {
    title: 'The response is too large',
    meaning: 'The body passed 16 MiB and was not read further. What had arrived is shown.',
    causes: ['The URL is a download.'],
    fixes: [compare],
  },
})

const brokenOff = (message: string, { name }: Target): Explanation => ({
  title: 'The response broke off',
  meaning: `Status and headers of ${name} arrived, then the connection ended before the body was complete. The browser says: “${message}”.`,
  certainty: 'possible',
  causes: [
    'The server or a proxy crashed or closed the connection early.',
    'Content-Length names more than was sent.',
  ],
  fixes: ['Read the server’s log at the time of this request, then try again.'],
  spec: [rfc(9112, '8')],
})

/** The relay says what the browser keeps to itself. */
const relayFailed = (message: string): Explanation => ({
  title: 'The relay got no response',
  meaning: `It says: “${message}”`,
  certainty: 'certain',
  causes: [],
  fixes: [],
  spec: [],
})

/** A page learns nothing about the cause, so none is claimed here. */
const failed = (message: string, { causes, fixes }: Target): Explanation => ({
  title: 'The browser gave no response to this page',
  meaning: `It says only “${message}”, whatever the cause. The connection check looks for it.`,
  certainty: 'possible',
  causes,
  fixes,
  spec: [fetchStandard('concept-network-error')],
})
