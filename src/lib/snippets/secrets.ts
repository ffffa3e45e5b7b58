import { isSecretName } from '../text/hides-secret.ts'

/** Whether the value of a header field is not to be written down: credentials, and proofs, which are good for one request. */
export const isSecretField = (name: string): boolean => isSecretName(name) || name.toLowerCase() === 'dpop'

/** Whether a body that is no form names a secret. */
export const namesSecret = (body: string): boolean => body.split(/[^\w-]+/).some(isSecretName)

/** The variable in the place of a secret: `client_secret` is in `CLIENT_SECRET`. */
export function variableName(name: string): string {
  const word = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
  return /^\d/.test(word) ? `_${word}` : word
}

/** The URL without user and password, and with `…` for what a member of its query that is named like a secret has. */
export function safeUrl(href: string): string {
  if (!URL.canParse(href)) return href
  const url = new URL(href)
  url.username = ''
  url.password = ''
  const secret = [...new Set(url.searchParams.keys())].filter(isSecretName)
  for (const name of secret) url.searchParams.set(name, '…')
  return url.href
}
