import { isLoopback } from '../http/http-url.ts'
import type { HeaderList, HttpRequest } from '../http/message.ts'
import { quoted } from '../text/quoted.ts'
import { fromRequest } from './from-request.ts'
import type { NotUsed, Recognised } from './kind.ts'
import { named } from './pasted-fields.ts'
import type { Proposal } from './proposal.ts'
import { unknownIn } from './unknown.ts'

/** A request as a text has it, before it is known to be one. */
export interface Draft {
  /** What the text calls it; empty if it has no name. */
  readonly name?: string
  readonly method: string
  /** As it is written, with or without a scheme. */
  readonly url: string
  readonly headers: HeaderList
  readonly body: string | null
  readonly hasCertificate?: boolean
  /** What of the text is not used, in sentences. */
  readonly ignored?: readonly string[]
  /** What is sent to if the URL has no scheme; by the host if it is absent. */
  readonly scheme?: 'http'
}

/** A request of which nothing is used. */
export interface Refused {
  readonly refusal: string
}

/** A request that can be sent. */
export interface PastedRequest {
  readonly name: string
  readonly request: HttpRequest
  readonly hasCertificate: boolean
  readonly ignored: readonly string[]
}

const token = /^[\w!#$%&'*+.^`|~-]+$/

/**
 * A draft as a request, or why it is none. A line break in a header field is refused as a whole: what is behind it would
 * be another field, or another request, that the reader of the text does not see.
 * @see RFC 9110 sections 5.5 and 9.1, RFC 9112 section 11.1
 */
export function requestOf(draft: Draft): PastedRequest | Refused {
  const { method, headers, body, name = '', ignored = [], hasCertificate = false } = draft
  if (unknownIn(method).length > 0)
    return { refusal: `The method is in the variable ${named(unknownIn(method))}.` }
  if (!token.test(method)) return { refusal: `${quoted(method.slice(0, 60))} is no method.` }
  const injected = headers.filter((field) => field.some((text) => /[\0\r\n]/.test(text)))
  if (injected.length > 0)
    return {
      refusal: `The header field ${named(injected.map(([field]) => field))} has a line break in it, which could hide another header field. Remove it.`,
    }
  const address = schemeOf(draft)
  if ('refusal' in address) return address
  return {
    name,
    request: { method, url: address.url, headers, body },
    hasCertificate,
    ignored: [...ignored, ...address.ignored],
  }
}

/** The URL as a browser writes it; one with an unknown part stays as it is. @see https://url.spec.whatwg.org/ */
function schemeOf({
  url: written,
  scheme,
}: Draft): { readonly url: string; readonly ignored: readonly string[] } | Refused {
  const text = written.trim()
  if (text === '') return { refusal: 'It has no URL.' }
  if (text.startsWith('/')) return { refusal: 'Its URL has no host.' }
  const [before = ''] = text.split(/[?#]/, 1)
  const [, named_] = /^([a-z][\w+.-]*):\/\//i.exec(text) ?? []
  if (named_ !== undefined && !/^https?$/i.test(named_))
    return {
      refusal: `The URL has the scheme ${quoted(named_.slice(0, 60))}, and a page sends to http and https only.`,
    }
  if (unknownIn(before).length > 0) return { url: text, ignored: [] }
  if (named_ !== undefined)
    return URL.canParse(text) ? { url: serialized(text), ignored: [] } : { refusal: notUrl }
  if (!URL.canParse(`https://${text}`) || !isHost.test(new URL(`https://${text}`).hostname))
    return { refusal: notUrl }
  const assumed = scheme ?? (isLoopback(new URL(`https://${text}`)) ? 'http' : 'https')
  return {
    url: serialized(`${assumed}://${text}`),
    ignored: [
      `The URL has no scheme. ${scheme === undefined ? `${assumed} is assumed.` : 'The program sends to http then.'}`,
    ],
  }
}

const isHost = /^(?:[\w.-]+|\[.*\])$/

const notUrl = 'What is in the place of the URL is none.'

/** As a browser writes it, except the marks of unknown parts. */
const serialized = (text: string): string => (unknownIn(text).length > 0 ? text : new URL(text).href)

/** A longer text of code is not read, in characters: reading a mebibyte is a matter of a second. */
export const longest = 1024 * 1024

/** What is said of such a text. */
export const tooLong = (what: string): NotUsed => ({
  what,
  refusal: `At most ${longest} characters are read.`,
})

/** More requests are not offered. */
const most = 20
const mostSentences = 40

/** What requests are in the form: each is a proposal, requests for a token first. A refused one is said if another is not. */
export function proposed(
  what: string,
  readings: readonly (PastedRequest | Refused)[],
  also: readonly string[] = [],
): Recognised | NotUsed {
  const several = readings.length > 1
  const found = readings.flatMap((one) => ('refusal' in one ? [] : [one]))
  const made = found.slice(0, most).map(({ name, request, hasCertificate, ignored }) => {
    const from = fromRequest(request, hasCertificate)
    const title = name === '' && several ? titleOf(request) : name
    const about = several ? `${quoted(title)}: ` : ''
    return {
      proposal: { ...from.proposal, name: title } satisfies Proposal,
      ignored: [...ignored, ...from.ignored].map((sentence) => about + sentence),
    }
  })
  const isToken = ({ proposal }: (typeof made)[number]) => proposal.kind === 'connection'
  const [first, ...others] = [...made.filter(isToken), ...made.filter((one) => !isToken(one))]
  const refused = readings.flatMap((one) => ('refusal' in one ? [one.refusal] : []))
  if (first === undefined) return { what, refusal: refused[0] ?? 'It has no request in it.' }
  return {
    what,
    proposals: [first.proposal, ...others.map(({ proposal }) => proposal)],
    ignored: bounded([
      ...also,
      ...[first, ...others].flatMap(({ ignored }) => ignored),
      ...refused.map((why) => `Another request is not used: ${why}`),
      ...(found.length > most ? [`${found.length - most} more requests are not used.`] : []),
    ]),
  }
}

/** What tells a request without a name from others: method, host and path. */
function titleOf({ method, url }: HttpRequest): string {
  if (!URL.canParse(url)) return method
  const { host, pathname } = new URL(url)
  return `${method} ${host}${pathname}`
}

function bounded(sentences: readonly string[]): readonly string[] {
  const different = [...new Set(sentences)]
  const more = different.length - mostSentences
  return more > 0 ? [...different.slice(0, mostSentences), `${more} more remarks are not shown.`] : different
}
