import type { Beforehand } from '../../explanation/server-record.ts'
import { quoted } from '../../text/quoted.ts'
import { isAuthMethod } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Metadata } from './metadata.ts'

const endpoints = {
  introspection_endpoint: 'introspection',
  revocation_endpoint: 'revocation',
  registration_endpoint: 'registration',
  jwks_uri: 'the key set',
} as const

/** Where the form differs from what the server says of itself. @see RFC 8414 section 2 */
export function againstMetadata(metadata: Metadata, config: TokenRequestConfig): readonly Beforehand[] {
  return [...elsewhere(metadata, config), ...otherMethod(metadata, config)]
}

function elsewhere(metadata: Metadata, { token_endpoint: typed }: TokenRequestConfig): readonly Beforehand[] {
  const { token_endpoint: told } = metadata
  if (told === undefined || typed === '' || typed === told) return []
  const other = (Object.keys(endpoints) as (keyof typeof endpoints)[]).find(
    (name) => metadata[name] === typed,
  )
  const fix = { text: `Use ${told}`, change: { token_endpoint: told } }
  return [
    other
      ? { text: `This is not the token endpoint: the metadata name it for ${endpoints[other]}.`, fix }
      : { text: `The metadata name another token endpoint: ${quoted(told)}.`, fix },
  ]
}

/** "If omitted, the default is client_secret_basic". */
function otherMethod(
  { token_endpoint_auth_methods_supported: listed = ['client_secret_basic'] }: Metadata,
  { token_endpoint_auth_method: method }: TokenRequestConfig,
): readonly Beforehand[] {
  if (listed.includes(method) || listed.length === 0) return []
  const first = listed.find(isAuthMethod)
  return [
    {
      text: `The metadata do not list ${method}; they list ${quoted(listed.join(', '))}.`,
      ...(first !== undefined && first !== 'none'
        ? { fix: { text: `Use ${first}`, change: { token_endpoint_auth_method: first } } }
        : {}),
    },
  ]
}
