import type { Exchange, HttpResponse, Outcome } from '../http/message.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { hideTokens } from '../oauth/compose/hide-tokens.ts'
import { hideSecretsOf } from '../oauth/compose/repeated-secrets.ts'
import { alignNamed } from './align.ts'
import { requestBodyRows, responseBodyRows } from './body-rows.ts'
import { configItems, fieldItems, isForm, lineItems, parameterItems, responseItems } from './items.ts'
import { type Item, type Row, rowsOf, type Section, sectionOf, type Show } from './row.ts'
import { assertionOf, proofOf, tokenOf, tokenRows } from './token-rows.ts'

/** An exchange, and what it was made from and for. */
export interface Compared {
  /** `token`, `api`, `introspection` and the like. */
  readonly about: string
  readonly exchange: Exchange
  readonly config: TokenRequestConfig
  /** Of a call of an API. */
  readonly call?: ApiCall
  /** What was wrong with the request on purpose. */
  readonly fault?: string | null
  /** Of a token that was presented. */
  readonly facts?: { readonly accessToken: string } | null
}

/** Two exchanges, part by part. */
export interface Comparison {
  /** Those that at least one exchange has, in the order of an exchange. */
  readonly sections: readonly Section[]
  /** How many things differ that need not. */
  readonly changes: number
  /** How many differ because they are another one each time. */
  readonly eachTime: number
}

/**
 * Compares two exchanges, and what they were made from: form, request, response and token. Repeated names, order and the
 * spelling of numbers count as differences; of header names the case is a difference of its own.
 * @param secrets unless they are `shown`, no secret and no token is in what it gives; `withheld` leaves out their lengths, too
 * @returns in a time that follows the length of the messages; it never throws
 */
export function compareExchanges(first: Compared, second: Compared, secrets: Show['secrets']): Comparison {
  const show = {
    secrets,
    hide: secrets === 'shown' ? (text: string) => text : hideSecretsOfBoth(first, second),
  }
  const sections = parts
    .map((part) => part(first, second, show))
    .flat()
    .filter(({ changes, eachTime, sameCount }) => changes.length + eachTime.length + sameCount > 0)
  return {
    sections,
    changes: count(sections, ({ changes }) => changes),
    eachTime: count(sections, ({ eachTime }) => eachTime),
  }
}

/** Either may have what is a secret of the other. */
function hideSecretsOfBoth(first: Compared, second: Compared): Show['hide'] {
  const hiding = [first, second].map(({ exchange, config }) =>
    hideSecretsOf(exchange.request, config.client_secret),
  )
  const tokens = [first, second].flatMap(({ about, exchange, facts }) => [
    tokenOf(about, exchange) ?? '',
    facts?.accessToken ?? '',
  ])
  const hideAll = hideTokens(tokens)
  return (text) => hideAll(hiding.reduce((rest, hide) => hide(rest), text))
}

const count = (sections: readonly Section[], rows: (section: Section) => readonly Row[]): number =>
  sections.reduce((sum, section) => sum + rows(section).length, 0)

type Part = (first: Compared, second: Compared, show: Show) => Section | readonly Section[]

/** A part that is a list of named values. */
const named =
  (title: string, itemsOf: (compared: Compared) => readonly Item[]): Part =>
  (first, second, show) =>
    sectionOf(
      title,
      alignNamed(itemsOf(first), itemsOf(second)).flatMap((pair) => rowsOf(pair, show)),
    )

/** A JWT that was signed for the request, its two parts in one. */
const signed =
  (title: string, jwtOf: (exchange: Exchange) => string | null): Part =>
  (first, second, show) => {
    const root = { header: 'header', claims: 'payload' }
    const { header, claims } = tokenRows(jwtOf(first.exchange), jwtOf(second.exchange), show, root)
    return sectionOf(title, [...header, ...claims])
  }

const parts: readonly Part[] = [
  named('Configuration', configItems),
  named('Request line', ({ exchange }) => lineItems(exchange.request)),
  named('Request header fields', ({ about, exchange }) => fieldItems(about, exchange.request.headers)),
  named('Parameters', ({ about, exchange }) => parameterItems(about, exchange.request)),
  (first, second, show) => {
    const { rows, more } = requestBodyRows(otherBody(first), otherBody(second), show)
    return sectionOf('Request body', rows, more)
  },
  signed('Client assertion', assertionOf),
  signed('DPoP proof', proofOf),
  named('Response', ({ about, exchange }) => responseItems(about, exchange.outcome)),
  (first, second, show) => {
    const [one, other] = [responseOf(first.exchange.outcome), responseOf(second.exchange.outcome)]
    const { rows, more } = responseBodyRows(one, other, show)
    return sectionOf('Response body', rows, more)
  },
  (first, second, show) => {
    const [one, other] = [tokenOf(first.about, first.exchange), tokenOf(second.about, second.exchange)]
    const { header, claims } = tokenRows(one, other, show, { header: '', claims: '' })
    return [sectionOf('Token header', header), sectionOf('Token claims', claims)]
  },
]

/** The body of a request, if that is no form. */
const otherBody = ({ exchange: { request } }: Compared): string | null =>
  isForm(request) ? null : request.body

/** What has arrived. */
const responseOf = (outcome: Outcome): HttpResponse | null =>
  'response' in outcome ? outcome.response : 'partial' in outcome ? outcome.partial : null
