import { isSecretName } from '../../text/hides-secret.ts'

/** The URL with `probe` in place of what a member of its query that is named like a secret has. */
export function withoutSecrets(href: string): string {
  const url = new URL(href)
  for (const name of new Set(url.searchParams.keys()))
    if (isSecretName(name)) url.searchParams.set(name, 'probe')
  return url.href
}
