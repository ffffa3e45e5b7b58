import { isoDate, partOf } from '../har/to-har.ts'
import { cutText } from '../har/body-text.ts'
import { pageName, type Versions } from '../har/recorded.ts'
import type { Explanation } from '../explanation/explanation.ts'
import { decodeBody, hexDump } from '../http/body.ts'
import { formatRequest, formatResponseHead, textOf } from '../http/format.ts'
import type { HttpResponse } from '../http/message.ts'
import { mask } from '../http/redact.ts'
import { authMethods, usesAssertion } from '../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import type { Explained } from './explained.ts'
import { code, codeBlock, words } from './markdown-text.ts'

/** As much of a body is in a ticket, in characters and in bytes of what is no text. */
const longest = { text: 20_000, bytes: 512 }

/** Where it is from, and what is masked in it. */
export function markdownHead(
  { version, commit, userAgent, now }: Versions,
  masked: number | 'shown',
): string {
  return lines([
    `- Saved: ${code(isoDate(now))}`,
    `- Page: ${pageName} ${words(version)}, commit ${code(commit)}`,
    `- Browser: ${code(userAgent)}`,
    masked === 'shown'
      ? '- **Secrets, tokens and keys are in it as they were sent.**'
      : `- Secrets, tokens and keys: masked as ${code(mask)} (${masked} ${masked === 1 ? 'place' : 'places'})`,
  ])
}

/**
 * An exchange as a part of a ticket: what was tried, the request, the response, and what the page says of it, in CommonMark. Nothing of the
 * messages can leave its block, and what nobody sees is spelled out.
 * @param outcome in words, as History has it
 * @see https://spec.commonmark.org/0.31.2/
 */
export function markdownEntry(explained: Explained, outcome: string): string {
  const { exchange, about, config, explanation } = explained
  const { id, purpose, request, startedAt, duration, via } = exchange
  const host = new URL(request.url).host
  const message = textOf(formatRequest({ ...request, headers: [['Host', host], ...request.headers] }))
  return sections([
    `## ${words(purpose)}: ${words(outcome)}`,
    lines([
      `- Exchange ${id}, sent ${code(isoDate(startedAt))}, ${Math.round(duration)} ms`,
      ...(via === 'relay' ? ['- Sent through the relay of the page'] : []),
      ...(via === 'file' ? ['- Read from a file. This page did not send it.'] : []),
    ]),
    ...(about === 'token' ? ['### What was tried', lines(tried(config))] : []),
    '### Request',
    codeBlock(cut(message), 'http'),
    '### Response',
    responseOf(explained, outcome),
    ...(explanation ? said(explanation) : []),
  ])
}

/** A configuration in words; the secret is no part of it. */
function tried(config: TokenRequestConfig): readonly string[] {
  const { token_endpoint_auth_method: method, assertion, dpop, parameters, headers } = config
  const named = (label: string, value: string) => (value === '' ? [] : [`- ${label}: ${code(value)}`])
  const sent = (label: string, entries: TokenRequestConfig['headers']) =>
    entries.filter(({ on }) => on).map(({ name, value }) => `- ${label} ${code(name)}: ${code(value)}`)
  return [
    ...named('Issuer', config.issuer),
    ...named('Token endpoint', config.token_endpoint),
    ...named('Client ID', config.client_id),
    `- Client authentication: ${words(authMethods[method].label)} (${code(method)})`,
    ...(usesAssertion(config)
      ? [
          `- Assertion: ${code('aud')} is ${words(assertion.aud === 'custom' ? assertion.custom_aud : assertion.aud)}, valid for ${assertion.lifetime} seconds`,
        ]
      : []),
    ...named('Scope', config.scope),
    ...config.resource.flatMap((resource) => named('Resource', resource)),
    ...named('Audience', config.audience),
    ...named('Authorization details', config.authorization_details),
    ...(dpop.on ? ['- The token is to be bound to a key (DPoP)'] : []),
    ...sent('Parameter', parameters),
    ...sent('Header field', headers),
  ]
}

function responseOf({ exchange, whole }: Explained, outcome: string): string {
  const { outcome: came } = exchange
  const response = partOf(came)
  const reason = came.kind === 'failure' ? `The browser says: ${code(came.message)}` : ''
  if (response === null) return lines([`${words(outcome)}.`, ...(reason === '' ? [] : [reason])])
  const message = textOf(formatResponseHead(response)) + bodyOf(response)
  const length = whole?.response ?? response.body.length
  return sections([
    ...(came.kind === 'response' ? [] : [lines([`${words(outcome)}: this is what came of it.`, reason])]),
    codeBlock(message, 'http'),
    ...(length > longest.text ? [`The body has ${length} bytes. Its beginning is shown.`] : []),
  ])
}

function bodyOf(response: HttpResponse): string {
  const body = decodeBody(response)
  if (body.kind === 'text') return cut(body.text)
  return body.kind === 'empty' ? '' : `${hexDump(response.body.subarray(0, longest.bytes))}\n`
}

const cut = (text: string): string => (text.length > longest.text ? `${cutText(text, longest.text)}…` : text)

const headings = {
  certain: 'Cause',
  likely: 'Likely causes, the likeliest first',
  possible: 'Possible causes',
}

/** What the page says of it. */
function said(explanation: Explanation): readonly string[] {
  const { title, success, says, meaning, causes, certainty, observed = [], fixes, spec } = explanation
  const list = (texts: readonly string[]) => lines(texts.map((text) => `- ${words(text)}`))
  return [
    `### ${words(title)}`,
    ...(success ? [words(success.text)] : []),
    ...(says ? [`The ${says.who} says: “${words(says.words)}”`] : []),
    words(meaning),
    ...(causes.length > 0
      ? [`**${headings[certainty]}**`, lines(causes.map((cause, index) => `${index + 1}. ${words(cause)}`))]
      : []),
    ...(observed.length > 0 ? ['**Observed**', list(observed)] : []),
    ...(fixes.length > 0
      ? ['**What to try**', list(fixes.map((fix) => (typeof fix === 'string' ? fix : fix.text)))]
      : []),
    ...(spec.length > 0
      ? [`See ${spec.map(({ label, href }) => `[${words(label)}](${href})`).join(', ')}.`]
      : []),
  ]
}

const lines = (all: readonly string[]): string => all.filter((line) => line !== '').join('\n')

const sections = (all: readonly string[]): string => all.filter((section) => section !== '').join('\n\n')
