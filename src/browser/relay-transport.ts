import type {
  Arriving,
  HttpRequest,
  HttpResponse,
  Observation,
  Outcome,
  Transport,
} from '../lib/http/message.ts'
import type { RelayAnswer, RelayedResponse, RelayMessage, RelayRequest } from '../lib/http/relay-message.ts'
import { abortedBy, concatenate, ended } from '../lib/http/transport.ts'

/**
 * Through the relay of `npm start`, which is asked at `relay` next to the page. What it received is given whole: a relay reads
 * every header, and a redirect too, which it does not follow. If it got no response, the failure is named `RelayFailure`
 * and has its words.
 */
export function relayTransport(fetch: typeof globalThis.fetch): Transport {
  return async (request, signal, arriving) => {
    let soFar: () => HttpResponse | null = () => null
    const hear: Arriving = (come) => arriving?.((soFar = come))
    try {
      return observed(outcomeOf(await ask(fetch, request, signal, hear)))
    } catch (error) {
      if (signal.aborted) return observed(ended(abortedBy(signal), soFar()))
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
  arriving: Arriving,
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
  return lastOf(response, arriving)
}

/** The relay says what has come of a response that goes on, a line each time, and in its last line what came in all. */
async function lastOf(response: Response, arriving: Arriving): Promise<RelayAnswer> {
  const pieces: Uint8Array[] = []
  const lines = linesOf(response)
  for (let next = await lines.next(); ; next = await lines.next()) {
    if (next.done) throw new Error('The relay broke off.')
    const message = JSON.parse(next.value) as RelayMessage
    if (message.kind !== 'arriving') return message
    const { status, statusText, headers } = message
    pieces.push(received(message).body)
    arriving(() => ({ status, statusText, headers, body: concatenate(pieces) }))
  }
}

/** Each character is looked at once: the last line has the whole body. */
async function* linesOf(response: Response): AsyncGenerator<string, undefined> {
  let line: string[] = []
  const text = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (let read = await text?.read(); read && !read.done; read = await text?.read()) {
    const [end = '', ...next] = read.value.split('\n')
    line.push(end)
    for (const start of next) {
      yield line.join('')
      line = [start]
    }
  }
  const last = line.join('')
  if (last !== '') yield last
}

function outcomeOf(answer: RelayAnswer): Outcome {
  switch (answer.kind) {
    case 'response':
    case 'redirect':
      return { kind: 'response', response: received(answer) }
    case 'failure':
      return failed(`${answer.code}: ${answer.message}`, answer.partial)
    case 'timeout':
      return ended('timeout', answer.partial && received(answer.partial))
    case 'too-large':
      return ended('size', answer.partial && received(answer.partial))
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
