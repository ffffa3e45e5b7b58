import type { HttpRequest, HttpResponse, Observation, Outcome, Transport } from '../lib/http/message.ts'
import type { RelayAnswer, RelayedResponse, RelayRequest } from '../lib/http/relay-message.ts'
import { abortedBy } from '../lib/http/transport.ts'

/**
 * Through the relay of `npm start`, which is asked at `relay` next to the page. What it received is given whole: a relay reads
 * every header, and a redirect too, which it does not follow. If it got no response, the failure is named `RelayFailure`
 * and has its words.
 */
export function relayTransport(fetch: typeof globalThis.fetch): Transport {
  return async (request, signal) => {
    try {
      return observed(outcomeOf(await ask(fetch, request, signal)))
    } catch (error) {
      if (signal.aborted) return observed({ kind: 'aborted', by: abortedBy(signal), partial: null })
      return observed(
        failed(
          `The relay itself gave no response (${String(error)}). Is the program that serves this page still running?`,
          null,
        ),
      )
    }
  }
}

async function ask(
  fetch: typeof globalThis.fetch,
  { method, url, headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<RelayAnswer> {
  const response = await fetch('relay', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ method, url, headers, body } satisfies RelayRequest),
    signal,
    // Without a referrer policy of its own the request would have that of the page, under which some browsers withhold Origin.
    referrerPolicy: 'same-origin',
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
  })
  return (await response.json()) as RelayAnswer
}

function outcomeOf(answer: RelayAnswer): Outcome {
  switch (answer.kind) {
    case 'response':
    case 'redirect':
      return { kind: 'response', response: received(answer) }
    case 'failure':
      return failed(`${answer.code}: ${answer.message}`, answer.partial)
    case 'timeout':
      return { kind: 'aborted', by: 'timeout', partial: answer.partial && received(answer.partial) }
    case 'too-large':
      return { kind: 'aborted', by: 'size', partial: answer.partial && received(answer.partial) }
    case 'refused':
      return failed(`The relay refused: ${answer.why}`, null)
    default:
      return answer satisfies never
  }
}

const failed = (message: string, partial: RelayedResponse | null): Outcome => ({
  kind: 'failure',
  name: 'RelayFailure',
  message,
  partial: partial && received(partial),
})

const received = ({ status, statusText, headers, body }: RelayedResponse): HttpResponse => ({
  status,
  statusText,
  headers,
  body: Uint8Array.from(atob(body), (character) => character.charCodeAt(0)),
})

const observed = (outcome: Outcome): Observation => ({ outcome, serverView: null, via: 'relay' })
