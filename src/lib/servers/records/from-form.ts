import type { ConfigChange } from '../../explanation/config-change.ts'
import type { FormFix } from '../../explanation/explanation.ts'
import { expand } from '../../explanation/pattern.ts'
import type { GuideForm } from '../../explanation/server-record.ts'
import { isLoopback } from '../../http/http-url.ts'
import { usesSecret } from '../../oauth/config/auth-methods.ts'
import { type TokenRequestConfig, scopeTokens } from '../../oauth/config/config.ts'

/** No secret at all: the example in the guides, for a throwaway on this machine. */
const example = 'change-me'

/** The client that the steps of a guide make: the one of the form, or an example for what it does not name yet. */
export function clientOf({ client_id, scope }: TokenRequestConfig) {
  return { id: client_id || 'm2m', scopes: scopeTokens(scope) }
}

/** Whether the form has a secret of the user's own, which no guide may show. */
export const hasOwnSecret = ({ client_secret }: TokenRequestConfig): boolean =>
  client_secret !== '' && client_secret !== example

/** The secret of that client as a word of sh: the user's own is in a variable, without which the script says so and ends. */
export const secretWord = (config: TokenRequestConfig): string =>
  hasOwnSecret(config) ? '"${CLIENT_SECRET:?is the secret in the form}"' : example

/** Puts the client that the steps make into the form, keeping what the form names. */
export function useClient(config: TokenRequestConfig, change: ConfigChange = {}): FormFix {
  const secret = usesSecret(config) && !hasOwnSecret(config) ? { client_secret: example } : {}
  return { text: 'Use this client', change: { client_id: clientOf(config).id, ...secret, ...change } }
}

/** The API that the token is for, as the form names it. @see RFC 8707 section 2 */
export const apiOf = ({ audience, resource }: TokenRequestConfig): string =>
  audience || (resource[0] ?? 'https://api.example')

/** The base URL, without a slash at its end. */
export const baseOf = ({ values }: GuideForm): string => expand('{base}', values)

/** Whether the server is on this machine: only there a guide may know the password of its administrator. */
export const isHere = (form: GuideForm): boolean =>
  URL.canParse(baseOf(form)) && isLoopback(new URL(baseOf(form)))

/** For a server that does not know it. */
export const withoutDpop: FormFix = { text: 'Without DPoP', change: { dpop: { on: false } } }

/** The port of the base URL, for what is started on this machine without TLS; `usual` if the URL names none. */
export const portOf = (form: GuideForm, usual: string): string =>
  (URL.canParse(baseOf(form)) && new URL(baseOf(form)).port) || usual

/** Credentials in the body, as servers that read them there alone have it. */
const inBody = { token_endpoint_auth_method: 'client_secret_post' } as const

/** Puts the client that the steps make into the form, with a secret that goes in the body. */
export const useClientInBody = (config: TokenRequestConfig): FormFix =>
  useClient({ ...config, ...inBody }, inBody)
