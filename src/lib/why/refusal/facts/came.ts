import { type Challenge, challengeParameter, challengesOf } from '../../../http/challenges.ts'
import { headerValue, type HttpResponse } from '../../../http/message.ts'
import { type JsonRpcError, readJsonRpc } from '../../../mcp/json-rpc.ts'
import { parseJson } from '../../../json/parse.ts'
import type { JsonValue } from '../../../json/value.ts'
import { withoutOpening } from '../../../oauth/response/error-words.ts'
import { type Answer, isBootPage } from '../../../oauth/response/read-response.ts'
import { isRegistered } from '../../../oauth/response/carried.ts'
import { type Fault, faultsIn } from './faults.ts'
import { namedBy } from './lists.ts'
import { isReasonPhrase, refusesIn } from './outcome.ts'
import { codeIn, namesIn, sentencesIn } from './said.ts'
import { membersOfXml } from './xml.ts'

/** What came back, and everything in it that says why. */
export interface Came {
  readonly response: HttpResponse
  readonly status: number
  /** `error`: of the body if that is a code, else of the challenge; empty if there is none. */
  readonly code: string
  /** `error` as it is, a code or not; empty if there is none. */
  readonly error: string
  /** Every sentence of the server, wherever it was, a line each, without those that open every refusal of a code. Empty if it gave none. */
  readonly words: string
  /** What of it is to be quoted: a sentence is there that opens every refusal of a code, if it is all; a link is not. */
  readonly quotable: string
  /** The same without lists of alternatives, and of a web page its title alone: the rest of it is about anything. */
  readonly spoken: string
  /** The server’s own names for what went wrong, spelled out: they say less than a sentence. */
  readonly named: string
  /** What the server names its refusals by, in capitals: `ID2052`, `IDX10214`, `HID-1001`, `JSON-RPC -32601`. */
  readonly identifiers: readonly string[]
  readonly challenges: readonly Challenge[]
  /** What a validator names: field, place and rule. */
  readonly faults: readonly Fault[]
  /** The error of JSON-RPC that came, as a body or in a stream of events; `null` if there is none. */
  readonly rpc: JsonRpcError | null
  /** The title of a web page; `null` if the body is none. A page is of a framework or a gateway, and no refusal of the endpoint. */
  readonly page: string | null
  /** Where a redirect leads, as it is written; `null` if there is none, or a page may not read it. */
  readonly location: string | null
  /** Whether a framework or a gateway spoke, rather than the endpoint: its page, its text, or nothing at all. */
  readonly layer: 'oauth' | 'other' | 'empty'
  /** Whose error page it is; what is there is the status in words, and no refusal of the endpoint. `null` for none. */
  readonly framework: 'Spring Boot' | 'Tomcat' | null
  /** Whether it is a refusal at all, be it inside a 200. */
  readonly refuses: boolean
}

const longest = 4000

/** Never throws. @see RFC 6749 section 5.2, RFC 6750 section 3, RFC 9457 section 3 */
export function readCame(answer: Answer): Came {
  const { response, members, body } = answer
  const challenges = challengesOf(response.headers)
  const framework = frameworkOf(answer)
  const text = body.kind === 'text' && members === null ? body.text.slice(0, longest) : ''
  const rpc = rpcIn(answer)
  const json = rpc?.message ?? members ?? parsed(text) ?? membersOfXml(text)
  const ofBody = json ? sentencesIn(json).filter(([name]) => !framework || name !== 'error') : []
  const ofChallenges = challenges.flatMap(({ parameters }) =>
    parameters
      .filter(([name]) => /^error/i.test(name))
      .map(([name, value]) => [name.toLowerCase(), value] as const),
  )
  const all = [...ofBody, ...ofChallenges]
  const code =
    ofBody.find(
      ([name, text]) => name === 'error' && isCode(text) && !isReasonPhrase(text, response.status),
    )?.[1] ??
    challenges.map((challenge) => challengeParameter(challenge, 'error')).find((text) => text) ??
    (json ? codeIn(json) : '')
  const page = pageIn(text)
  const said = all.filter(([, value]) => value.toLowerCase() !== code).map(([, value]) => value)
  const own = [...(code === '' || isRegistered(code) ? [] : [code]), ...(json ? namesIn(json) : [])]
    .filter((name) => !isReasonPhrase(name, response.status))
    .map(spelled)
  const plain = framework || ofBody.length > 0 ? '' : text
  const words = joined([...said, plain].map(withoutOpening))
  // What the title has, or the status: a code, or the status in words.
  const isName = (name: string, value: string): boolean =>
    name === 'error_uri' ||
    (name === 'error' && (!/\s/.test(value) || isReasonPhrase(value, response.status)))
  const sentences = all.filter(([name, value]) => !isName(name, value)).map(([, value]) => value)
  const names = all.filter(([name]) => name !== 'error_uri').map(([, value]) => value)
  const quoted = [...(sentences.length > 0 ? sentences : names), plain].filter(
    (value) => value.toLowerCase() !== code,
  )
  return {
    response,
    status: response.status,
    code,
    error: ofBody.find(([name]) => name === 'error')?.[1] ?? code,
    words,
    quotable:
      page !== null
        ? titleToQuote(page, response.status)
        : joined(quoted.map(withoutOpening)) || joined(quoted),
    spoken: namedBy(joined((page === null ? unescaped(words).split('\n') : [...said, page]).map(spelled))),
    named: namedBy(joined(own)),
    identifiers: [
      ...[...words.matchAll(/\b(?:ID2\d{3}|IDX\d{5}|AADSTS\d+|AADB2C\d+|HID-\d{4})\b/gi)].map(([id]) =>
        id.toUpperCase(),
      ),
      ...(rpc ? [`JSON-RPC ${rpc.error.code}`] : []),
    ],
    challenges,
    faults: faultsIn(members),
    rpc: rpc?.error ?? null,
    page,
    location:
      response.status >= 300 && response.status < 400 ? headerValue(response.headers, 'location') : null,
    layer: code !== '' ? 'oauth' : response.body.length === 0 && challenges.length === 0 ? 'empty' : 'other',
    framework,
    refuses: response.status >= 300 || code !== '' || (page === null && refusesIn(json, text)),
  }
}

/** Whether CORS may hide a challenge from the page: every server sends Date, which it hides too. */
export const hidesChallenge = ({ response, challenges }: Came): boolean =>
  challenges.length === 0 && headerValue(response.headers, 'date') === null

const joined = (texts: readonly string[]): string =>
  [...new Set(texts)]
    .filter((text) => text.trim() !== '')
    .join('\n')
    .slice(0, longest)

/** The error of JSON-RPC in a body; of a request that is none, and has no id, the last. */
function rpcIn({ response, body }: Answer) {
  if (body.kind !== 'text' || !body.text.includes('"jsonrpc"')) return null
  const read = readJsonRpc(response, undefined)?.response
  return read?.kind === 'error' ? read : null
}

/** A name of one word as the sentence that it is: `bad_client_secret`, `ExpiredSignature`. */
const spelled = (text: string): string =>
  /^[a-z]+([_-][a-z]+)*$/i.test(text) ? text.replace(/[_-]|(?<=[a-z])(?=[A-Z])/g, ' ') : text

/** `null` if it is no web page. That of Express is titled “Error”, and has the message below. */
function pageIn(body: string): string | null {
  if (!/^\s*(<!doctype html|<html|<head|<body)/i.test(body)) return null
  const title = (/<title>([^<]*)<\/title>/i.exec(body)?.[1] ?? '').trim()
  const message = title === 'Error' ? /<pre>([^<]*)/i.exec(body)?.[1] : undefined
  return unescaped(message ?? title)
}

/** Of a web page its title, unless that is the status alone. */
const titleToQuote = (title: string, status: number): string =>
  isReasonPhrase(title.replace(/^(error )?\d{3}\W*/i, ''), status) || /^\d*$/.test(title) ? '' : title

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  lt: '<',
  gt: '>',
  amp: '&',
}

/** Words that were escaped for a web page, in JSON too. */
const unescaped = (text: string): string =>
  text.replace(/&(quot|apos|#39|#x27|lt|gt|amp);/gi, (_, name: string) => entities[name.toLowerCase()] ?? '')

/** A list is none of the members that a refusal has, and may say why all the same. */
function parsed(text: string): JsonValue | null {
  const read = parseJson(text)
  return read.ok ? read.value : null
}

/** The error page of Spring Boot is JSON, that of Tomcat a web page. */
function frameworkOf(answer: Answer): Came['framework'] {
  if (isBootPage(answer)) return 'Spring Boot'
  const { body } = answer
  return body.kind === 'text' && /<title>HTTP Status \d{3} – /.test(body.text) ? 'Tomcat' : null
}

/** A reason phrase ("Unauthorized", "Bad Request") is what a framework writes there. */
const isCode = (text: string): boolean => /^[a-z][a-z0-9_.-]*$/.test(text)
