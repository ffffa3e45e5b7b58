import { expand } from '../explanation/pattern.ts'
import { withoutSlash } from '../http/http-url.ts'
import { type Entry, emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import type { Connected } from '../share/link-config.ts'
import { differing, type FilledIn } from '../share/filled-in.ts'
import { eachLinkRow } from '../share/link-rows.ts'
import { onlyInForm, type ServerAddresses, valuesInForm } from '../explanation/address-form.ts'
import type { Server } from '../servers/servers.ts'
import { jsonHidesSecret } from '../text/hides-secret.ts'
import type { PastedConfig, PastedConnection } from './proposal.ts'

/**
 * The form as it is with what was pasted. A text that names a server is for that one: the one in use, another of the picker, or
 * your own. What was typed for another server stays there, and no secret goes along.
 * @param servers those of the picker
 */
export function filling(
  { config: pasted, isWhole }: Pick<PastedConnection, 'config' | 'isWhole'>,
  now: Connected,
  servers: readonly Server[],
): Connected {
  const named = addressesIn(pasted)
  // Another address of the same server is another server: what was typed for this one must not go there.
  const isHere = isAt(named, now.config)
  const server = isHere ? now.server : serverOf(named, now, servers)
  const base = isHere ? now.config : { ...server.config, ...addressesOf(server, named) }
  const start = isWhole ? { ...emptyConfig, discovery: base.discovery, issuer: base.issuer } : base
  const config: TokenRequestConfig = {
    ...start,
    ...pasted,
    discovery: named.discovery || start.discovery,
    // It was found in metadata, and none were read for the one that was pasted.
    issuer: named.discovery === '' ? start.issuer : '',
    assertion: { ...start.assertion, ...pasted.assertion },
    dpop: { ...start.dpop, ...pasted.dpop },
  }
  return { server, config: { ...config, client_secret: secretOf(pasted, config, base) } }
}

function addressesIn({ token_endpoint = '', discovery = '', issuer = '' }: PastedConfig): ServerAddresses {
  return { token_endpoint, discovery: discovery || issuer }
}

/** A secret that was not pasted is for its own client, at its own server, alone. */
function secretOf(pasted: PastedConfig, then: TokenRequestConfig, base: TokenRequestConfig): string {
  if (pasted.client_secret !== undefined) return pasted.client_secret
  const isSame = then.client_id === base.client_id && then.token_endpoint === base.token_endpoint
  return isSame ? base.client_secret : ''
}

function serverOf(named: ServerAddresses, now: Connected, servers: readonly Server[]): Server {
  const same = servers.find(({ config }) => isAt(named, config))
  if (same) return same
  return onlyInForm(named, servers) ?? servers.find(({ group }) => group === 'own') ?? now.server
}

/** A text that names no server is for whichever is there. */
function isAt({ token_endpoint, discovery }: ServerAddresses, config: TokenRequestConfig): boolean {
  if (token_endpoint !== '') return config.token_endpoint === token_endpoint
  return discovery === '' || withoutSlash(config.discovery) === withoutSlash(discovery)
}

function addressesOf(server: Server, named: ServerAddresses): ServerAddresses {
  const values = valuesInForm(server, named)
  if (values === null) return named
  const { patterns } = server
  return {
    token_endpoint: named.token_endpoint || expand(patterns.token_endpoint, values),
    discovery: named.discovery || expand(patterns.discovery, values),
  }
}

/** Every field that would be another one. What may be a secret is not in it. */
export function pastedFields(now: Connected, then: Connected): readonly FilledIn[] {
  const plain = eachLinkRow
    .filter(([name]) => name !== 'parameter' && name !== 'header')
    .map(([, row]) => [row.label, (config: TokenRequestConfig) => row.get(config).join(' ')] as const)
  const shown = ({ server, config }: Connected) => [
    ['Server', server.name] as const,
    ...[...plain, ...lists].map(([label, get]) => [label, get(config)] as const),
  ]
  return [
    ...differing(shown(now), shown(then)).map((row) => ({
      label: row.label,
      now: safe(row.now, now.config),
      then: safe(row.then, then.config),
    })),
    ...ofSecret(now.config.client_secret, then.config.client_secret),
  ]
}

type Get = (config: TokenRequestConfig) => string

const written = (entries: readonly Entry[]): string =>
  entries
    .filter(({ on }) => on)
    .map(({ name, value }) => `${name}=${value}`)
    .join(' ')

const lists: readonly (readonly [label: string, get: Get])[] = [
  ['Parameters', ({ parameters }) => written(parameters)],
  ['Header fields', ({ headers }) => written(headers)],
  ['Authorization details', ({ authorization_details }) => authorization_details],
  ['Members of the assertion', ({ assertion }) => assertion.header + assertion.payload],
  ['Text of aud', ({ assertion }) => assertion.custom_aud],
  ['Text of kid', ({ assertion }) => assertion.custom_kid],
  ['Members of the proof', ({ dpop }) => dpop.payload],
]

const safe = (text: string, { client_secret }: TokenRequestConfig): string =>
  jsonHidesSecret(text, client_secret) ? 'hidden: it may be a secret' : text

function ofSecret(now: string, then: string): readonly FilledIn[] {
  if (now === then) return []
  const words = (secret: string, whose: string) => (secret === '' ? 'empty' : whose)
  return [{ label: 'Client secret', now: words(now, 'typed'), then: words(then, 'another one') }]
}
