import { decodeBody } from '../../lib/http/body.ts'
import { formatRequest, formatResponseHead, textOf } from '../../lib/http/format.ts'
import type { HttpResponse } from '../../lib/http/message.ts'
import { redact } from '../../lib/http/redact.ts'
import { claimEntries } from '../../lib/jwt/glossary/glossary.ts'
import { asString } from '../../lib/json/value.ts'
import { jsonLines } from '../../lib/json/lines.ts'
import { annotationsFor } from '../../lib/oauth/compose/annotations.ts'
import type { Hide } from '../../lib/oauth/compose/repeated-secrets.ts'
import { sequenceOfRun } from '../../lib/sequence/run.ts'
import type { Sequence } from '../../lib/sequence/sequence.ts'
import type { SpecLink } from '../../lib/spec.ts'
import type { Playground } from '../../state/playground.svelte.ts'
import type { Sent } from '../../state/base/sent.ts'
import { secretsOf, tokensHidden } from '../base/hiding.ts'
import { describeOutcome } from '../base/outcome-words.ts'

/** What a lesson adds to the handout of its exchanges. */
export interface HandoutLesson {
  readonly title: string
  readonly goal: string
  readonly closing: string
}

/** What is printed of the last exchanges, on one page of paper: no secret and no token is in it. */
export interface Handout {
  readonly title: string
  readonly lesson: HandoutLesson | null
  readonly sequence: Sequence
  readonly exchanges: readonly {
    readonly title: string
    readonly request: string
    readonly response: string
  }[]
  readonly claims: readonly { readonly name: string; readonly value: string; readonly meaning: string }[]
  /** The sections that are cited in it, each once. */
  readonly specs: readonly SpecLink[]
}

/** More do not fit on a page, and neither do longer bodies and claims, in characters. */
const most = { exchanges: 4, body: 1200, value: 90 }

/** Why a response is missing is no part of what was done. */
const own: readonly Sent['about'][] = ['probe', 'host']

/** The last exchanges of this run as a handout. @param lesson the one that is open, if one is */
export function handoutOf(playground: Playground, lesson: HandoutLesson | null): Handout {
  const { exchanges, environment, atHand, site } = playground
  const entries = exchanges.history.entries
    .filter(({ about }) => !own.includes(about))
    .slice(0, most.exchanges)
    .toReversed()
  const reading = atHand.issued?.understanding?.reading
  const decoded = reading?.kind === 'issued' ? reading.decoded : null
  const claims = decoded?.kind === 'jws' ? [...claimEntries(decoded.payload.value)] : []
  const cited = [
    ...entries.flatMap((sent) => messageOf(sent).flatMap(({ note }) => note?.spec ?? [])),
    ...claims.flatMap(({ meanings }) =>
      meanings.flatMap((meaning) => (meaning.kind === 'specified' ? [meaning.spec] : [])),
    ),
  ]
  return {
    title: lesson?.title ?? site?.title ?? 'Client Credentials Playground',
    lesson,
    sequence: sequenceOfRun(entries, { pageOrigin: environment.browser.origin }),
    exchanges: entries.map((sent) => exchangeOf(playground, sent)),
    claims: claims.map(({ name, value, meanings }) => ({
      name,
      value: cut(asString(value) ?? oneLine([...jsonLines(value)]), most.value),
      meaning: meanings.map(({ meaning }) => meaning).join(' '),
    })),
    specs: [...new Map(cited.map((spec) => [spec.label, spec])).values()],
  }
}

/** The request as this page made it; the browser’s own lines, which are the same each time, are left out. */
function messageOf({ exchange, about }: Sent) {
  const { request } = exchange
  const headers = [['Host', new URL(request.url).host] as const, ...request.headers]
  return redact(formatRequest({ ...request, headers }, { annotations: annotationsFor[about] }))
}

function exchangeOf(playground: Playground, sent: Sent): Handout['exchanges'][number] {
  const { exchange } = sent
  const { outcome } = exchange
  const [secrets, tokens] = [secretsOf(playground, exchange.request), tokensHidden(playground)]
  const hide: Hide = (text) => tokens(secrets(text)).replaceAll('\r\n', '\n')
  const response = 'response' in outcome ? outcome.response : 'partial' in outcome ? outcome.partial : null
  const words = describeOutcome(outcome).text
  return {
    title: `#${exchange.id} ${exchange.purpose}: ${words}`,
    request: cut(hide(textOf(messageOf(sent))), most.body),
    response: response === null ? words : hide(textOf(formatResponseHead(response))) + bodyOf(response, hide),
  }
}

function bodyOf(response: HttpResponse, hide: Hide): string {
  const body = decodeBody(response)
  return body.kind === 'text' ? cut(hide(body.text), most.body) : `(${response.body.length} bytes)`
}

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text

const oneLine = (lines: readonly (readonly { readonly text: string }[])[]): string =>
  lines.map((line) => line.map(({ text }) => text).join('')).join(' ')
