import { type FromFile } from '../../lib/har/read-entry.ts'
import { readHar } from '../../lib/har/read-har.ts'
import { emptyApiCall } from '../../lib/oauth/config/api-call.ts'
import { emptyConfig, type TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import { readToken } from '../../lib/oauth/response/read-response.ts'
import { tokenFacts } from '../../lib/oauth/response/token-facts.ts'
import { fromMasked } from '../../lib/paste/from-masked.ts'
import type { PastedConfig } from '../../lib/paste/proposal.ts'
import { archivesOf } from './archives.svelte.ts'
import { type Intent, plain, type Sent } from '../base/sent.ts'
import type { Playground } from '../playground.svelte.ts'

/**
 * Opens a HAR to look at, in History. What is in it was sent by another page, or before a reload: it is evidence of nothing,
 * puts no token at hand and is not sent again.
 * @param name of the file, or what it is
 * @param via where they come from
 * @returns what is said of it in sentences, or why it is not read
 */
export function openHar(
  playground: Playground,
  text: string,
  name: string,
  via: 'file' | 'reload' = 'file',
): { readonly said: readonly string[] } | { readonly why: string } {
  const read = readHar(text)
  if (!read.ok) return { why: read.why }
  const server = playground.connection.server.id
  archivesOf(playground).add({
    name,
    entries: read.entries.map((one) => sentOf(one, server, via)).toReversed(),
  })
  const count = read.entries.length
  return {
    said: [
      `${count} ${count === 1 ? 'exchange is' : 'exchanges are'} in History, to look at.`,
      ...read.ignored,
    ],
  }
}

const sentOf = (one: FromFile, server: string, via: 'file' | 'reload'): Sent => ({
  ...intentOf(one, server),
  exchange: { ...one.exchange, via },
})

function intentOf({ exchange, about, written }: FromFile, server: string): Intent {
  const { request, startedAt } = exchange
  const { proposal } = fromMasked(request, written)
  const config = whole(proposal.kind === 'connection' ? proposal.config : written)
  const facts = (token: string) => tokenFacts(readToken(token), startedAt)
  switch (about) {
    case 'api': {
      const { call, token } = proposal.kind === 'call' ? proposal : { call: emptyApiCall, token: null }
      const from = plain('token', config)
      return { ...from, about, server, call, facts: token === null ? null : facts(token) }
    }
    case 'introspection':
    case 'revocation': {
      const token = new URLSearchParams(request.body ?? '').get('token') ?? ''
      return { ...plain('token', config), about, facts: facts(token), options: {} }
    }
    default:
      return plain(about, config)
  }
}

const whole = ({ assertion, dpop, ...config }: PastedConfig): TokenRequestConfig => ({
  ...emptyConfig,
  ...config,
  assertion: { ...emptyConfig.assertion, ...assertion },
  dpop: { ...emptyConfig.dpop, ...dpop },
})
