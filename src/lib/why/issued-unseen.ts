import type { HttpResponse } from '../http/message.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence } from './evidence/evidence.ts'
import { isHopeless } from './evidence/static-findings.ts'
import { beforeRequest } from './how-far.ts'
import { symptomsOf, type Symptoms } from './evidence/symptoms.ts'

/** Whether the server may have done what it was asked, although this page sees nothing of it. */
export interface Unseen {
  readonly processed: 'no' | 'hardly' | 'received' | 'possibly' | 'probably'
  readonly why: string
}

interface Row extends Unseen {
  readonly when: (symptoms: Symptoms) => boolean
}

/**
 * In order; the first that fits. CORS keeps a page from reading, not a server from acting: only a request that has to
 * be asked for first is held back until the server agrees.
 */
const rows: readonly Row[] = [
  {
    when: ({ evidence }) => isHopeless(evidence),
    processed: 'no',
    why: 'The browser blocked the request itself: it never left.',
  },
  {
    when: ({ sent, facts }) => sent === 'redirected' && facts.mayBeUpgraded,
    processed: 'possibly',
    why: 'Either the server redirects, and has seen the credentials; or the browser itself turned to https: because it knows the host for that (HSTS), and nothing was sent.',
  },
  {
    when: ({ sent }) => sent === 'redirected',
    processed: 'received',
    why: 'The request arrived, credentials and all, and got a redirect. No token comes in one; but whoever responded has seen the credentials.',
  },
  {
    when: ({ wire, sent }) => sent === 'failed' && wire === 'unsent',
    processed: 'no',
    why: 'By the browser’s timing the request never got onto a connection.',
  },
  {
    when: ({ preflighted, readable, was }) => preflighted && readable && was('other-preflight', 'failed'),
    processed: 'no',
    why: 'The browser asks before it sends this request, and this server responds to no such question with a yes: it was never sent.',
  },
  {
    when: ({ preflighted, readable, was }) =>
      preflighted && readable && was('preflight', 'failed', 'pending'),
    processed: 'hardly',
    why: 'The browser asks before it sends this request, and by the probes it gets no yes: then it does not send it.',
  },
  {
    when: ({ up, evidence: { known } }) => up && known?.successOnly === true,
    processed: 'hardly',
    why: 'This server sends CORS headers with every token, so that what this page may not read is a refusal.',
  },
  {
    when: ({ preflighted, up, wire }) => !preflighted && up && wire !== 'unsent',
    processed: 'probably',
    why: 'The server is there, and the browser sent this request without asking first. CORS only withholds the response: a token may have been issued that nobody reads. It is good until it expires.',
  },
  {
    when: ({ preflighted, wire }) => preflighted && wire === 'sent',
    processed: 'probably',
    why: 'By the browser’s timing the request was sent after its preflight. A token may have been issued that nobody reads; it is good until it expires.',
  },
  {
    when: ({ preflighted, up, was }) => preflighted && up && was('preflight', 'answered', 'redirected'),
    processed: 'probably',
    why: 'The server responds to the preflight with a yes, so the request followed it. A token may have been issued that nobody reads.',
  },
  {
    when: ({ preflighted, up }) => preflighted && up,
    processed: 'possibly',
    why: 'The browser asks before it sends this request, and cannot be asked whether it got a yes: if it did, a token may have been issued that nobody reads.',
  },
  {
    when: ({ sent }) => sent === 'pending',
    processed: 'possibly',
    why: 'No response came in time. The server may have got the request and may still be working on it.',
  },
  {
    when: ({ silent, connected }) => silent && connected === false,
    processed: 'no',
    why: 'Nothing there accepted the connection.',
  },
]

const refused = 'The response that was pasted is a refusal, and no token comes with one.'

const unsent = 'The connection was not secure, or not made at all, so the browser sent no request over it.'

/**
 * Whether a token may have been issued unseen, by the evidence; `null` if nothing was sent.
 * @param pasted the response that a terminal got
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function issuedUnseen(
  evidence: Evidence,
  pasted: Pick<HttpResponse, 'status'> | null = null,
): Unseen | null {
  if (evidence.exchange === null) return null
  if (pasted !== null && pasted.status >= 400) return { processed: 'no', why: refused }
  const symptoms = symptomsOf(evidence)
  const [{ id, certainty }] = diagnose(evidence)
  // What stopped before the request is told once: no credential was sent.
  if (beforeRequest(id)) return { processed: certainty === 'certain' ? 'no' : 'hardly', why: unsent }
  if (id === 'to-https')
    return {
      processed: 'received',
      why: 'If it redirects, it has seen the credentials, and no token comes in a redirect.',
    }
  const { processed, why } = rows.find(({ when }) => when(symptoms)) ?? {
    processed: 'possibly' as const,
    why: 'The connection failed; whether before or after the request, this browser does not tell.',
  }
  const { unseen } = evidence.known ?? {}
  return processed === 'probably' && unseen !== undefined
    ? { processed: 'possibly', why: unseen }
    : { processed, why }
}
