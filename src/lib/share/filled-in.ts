import { isPlainHttp } from '../http/http-url.ts'
import { originOf } from '../http/message.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { configLabels } from '../oauth/config/config-fields.ts'
import { isPractice } from '../practice/base/origin.ts'
import type { Connected } from './link-config.ts'
import { eachLinkRow } from './link-rows.ts'

/** A field of the form that a link changes: what is in it now, and what would be. */
export interface FilledIn {
  readonly label: string
  readonly now: string
  readonly then: string
}

/** Every field that would be another one, those included that no link has: they go back to what the server starts with. */
export function filledIn(now: Connected, then: Connected): readonly FilledIn[] {
  const shown = ({ server, config }: Connected) => [
    ['Server', server.name] as const,
    ...eachLinkRow.map(([, row]) => [row.label, row.get(config).join(' ')] as const),
  ]
  return [
    ...differing(shown(now), shown(then)),
    ...unlinked
      .filter(([, get]) => get(now.config) !== get(then.config))
      .map(([label, get]) => ({ label, now: whose(get, now), then: whose(get, then) })),
  ]
}

type Shown = readonly (readonly [label: string, text: string])[]

/** The fields that differ. Both have the same fields, in the same order. */
export function differing(now: Shown, then: Shown): readonly FilledIn[] {
  return now
    .map(([label, text], index) => ({ label, now: text || 'empty', then: then[index]?.[1] || 'empty' }))
    .filter((row) => row.now !== row.then)
}

type Get = (config: TokenRequestConfig) => string

const unlinked: readonly (readonly [label: string, get: Get])[] = [
  [configLabels.client_secret, ({ client_secret }) => client_secret],
  [configLabels.authorization_details, ({ authorization_details }) => authorization_details],
  [configLabels.assertion_key, ({ assertion }) => assertion.key],
  [configLabels.assertion_members, ({ assertion }) => assertion.header + assertion.payload],
  [configLabels.custom_aud, ({ assertion }) => assertion.custom_aud],
  [configLabels.custom_kid, ({ assertion }) => assertion.custom_kid],
  [configLabels.dpop_key, ({ dpop }) => dpop.key],
  [configLabels.proof_members, ({ dpop }) => dpop.payload],
]

/** Whose text it is, and never the text: it may be a secret. */
function whose(get: Get, { server, config }: Connected): string {
  if (get(config) === '') return 'empty'
  return get(config) === get(server.config) ? 'what it starts with' : 'typed'
}

/** Where something that the user can do next sends a request. */
export interface Destination {
  /** The button that sends it. */
  readonly button: 'Get token' | 'Find' | 'Call API'
  /** As the browser sends it, which shows a host whose name only looks like another. */
  readonly origin: string
  readonly isInPage: boolean
  /** Whether it can be read on the way. */
  readonly isReadable: boolean
}

/**
 * The origins that requests would go to, with what is in the form then. None is sent before the user presses that button.
 * @param api the URL that the page would call with the token; empty for none
 */
export function destinations(
  { token_endpoint, discovery }: TokenRequestConfig,
  api: string,
): readonly Destination[] {
  const urls = [
    ['Get token', token_endpoint],
    ['Find', discovery],
    ['Call API', api],
  ] as const
  return urls.flatMap(([button, url]) => {
    const origin = originOf(url)
    return origin === null
      ? []
      : [{ button, origin, isInPage: isPractice(origin), isReadable: isPlainHttp(new URL(url)) }]
  })
}
