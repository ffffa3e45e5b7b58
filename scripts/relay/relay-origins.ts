import { neverReached } from './addresses.ts'

/** What `--relay` was given: the origins that may be reached, each once, or what is wrong with it. */
type RelayOrigins =
  { readonly origins: readonly string[]; readonly problem: null } | { readonly problem: string }

/** Reads the values of `--relay`, each an http(s) origin such as `https://localhost:5081`. */
export function relayOrigins(values: readonly string[]): RelayOrigins {
  const problem = values.map(problemOf).find((text) => text !== null)
  if (problem !== undefined) return { problem }
  return { origins: [...new Set(values.map((value) => new URL(value).origin))], problem: null }
}

function problemOf(value: string): string | null {
  const wants = `--relay wants an origin such as https://host or https://host:8443, not ${value}`
  if (!URL.canParse(value)) return `${wants}.`
  const url = new URL(value)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `${wants}: only http and https.`
  if (url.username !== '' || url.password !== '') return `${wants}: no user name or password.`
  if (url.href !== `${url.origin}/`) return `${wants}: nothing after host and port.`
  // What the URL Standard lets into a host is more than any host is called; this goes into the page, as text.
  if (!/^(\[[\da-f:.]+\]|[\w.-]+)$/.test(url.hostname)) return `${wants}: ${url.hostname} is no host name.`
  const never = neverReached(url.hostname)
  return never === null ? null : `--relay refuses ${value}: ${never}`
}
