import { hidesSecret, isSecretName } from '../../text/hides-secret.ts'
import { listed } from '../../text/listed.ts'
import { quoted } from '../../text/quoted.ts'
import type { PastedCall, PastedConnection } from '../proposal.ts'
import { type Place, placesTo, type ToolAuth, type ToolRequest, type Walked } from './collection.ts'
import { onlyReference, type Variables } from './variables.ts'

/** How much of one name of a path is shown, in characters, and how many of a list of names. */
const bounds = { name: 80, path: 6, list: 10 }

/** Texts of a collection in names and sentences: short, on one line, and without its secrets. */
export class Names {
  readonly #secrets: readonly string[]
  readonly #used = new Map<string, number>()

  /** Gets the secrets of the text that it is about. */
  constructor(secrets: Iterable<string>) {
    this.#secrets = [...secrets].filter((secret) => secret !== '')
  }

  /** Where something is, as nothing else of that kind is called: “Orders / Get token (2)”. */
  path(place: Place, environment: string | null, kind: string): string {
    const [root, ...inner] = placesTo(place).map(({ name }) => this.short(name))
    const names = (inner.length === 0 ? [root ?? ''] : inner).filter(Boolean)
    const whole =
      names.length > bounds.path ? ['…', ...names.slice(-bounds.path)].join(' / ') : names.join(' / ')
    const path = environment === null ? whole : `${whole} (${this.short(environment)})`.trimStart()
    const times = (this.#used.get(`${kind} ${path}`) ?? 0) + 1
    this.#used.set(`${kind} ${path}`, times)
    return times === 1 || path === '' ? path : `${path} (${times})`
  }

  /** “a”, “b” and “c”; of many, how many more there are. */
  list(names: readonly string[]): string {
    const shown = names.slice(0, bounds.list).map((name) => `“${this.short(name)}”`)
    const more = names.length - shown.length
    return listed(more > 0 ? [...shown, `${more} more`] : shown)
  }

  /** A sentence in which a text from outside is. */
  sentence(text: string): string {
    return this.#secrets.reduce(
      (rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, '…')),
      text,
    )
  }

  /** What one thing is called, if that may be shown. */
  short(name: string): string {
    const isSecret = hidesSecret(name, '') || this.#secrets.includes(name)
    return isSecret ? '…' : quoted(this.sentence(name).slice(0, bounds.name).trim())
  }
}

/** The values of variables that are named like secrets, others, and those of the variables that are in the place of one. */
export function secretsIn(variables: Iterable<Variables>, others: Iterable<string>): ReadonlySet<string> {
  const texts = [...others]
  const values = new Map<string, string[]>()
  for (const one of variables)
    for (const [name, value] of one) {
      if (isSecretName(name)) texts.push(value)
      const known = values.get(name)
      if (known) known.push(value)
      else values.set(name, [value])
    }
  const secrets = new Set<string>()
  for (const text of texts) {
    const name = onlyReference(text)
    if (name === null) secrets.add(text)
    else texts.push(...(values.get(name) ?? []))
    // Its values are looked at once, as it may need itself.
    if (name !== null) values.delete(name)
  }
  return secrets
}

/** What of a collection no name and no sentence may have. */
export function secretsOf(
  { settings, requests }: Walked,
  environments: readonly Variables[],
  proposals: readonly (PastedConnection | PastedCall)[],
): ReadonlySet<string> {
  const places = new Set<Place>()
  for (const { place } of [...settings, ...requests])
    for (let next: Place | null = place; next !== null && !places.has(next); next = next.outer)
      places.add(next)
  return secretsIn(new Set([...environments, ...[...places].map(({ variables }) => variables)]), [
    ...[...places].map(({ auth }) => secretOf(auth)),
    ...requests.flatMap(({ request }) => secretsSent(request)),
    ...proposals.map((one) => (one.kind === 'call' ? one.token : one.config.client_secret) ?? ''),
  ])
}

/** The values of header fields and parameters that are named like secrets. */
const secretsSent = ({ headers, query, body }: ToolRequest): readonly string[] =>
  [...headers, ...query, ...(body.kind === 'form' ? body.pairs : [])]
    .filter(([name]) => isSecretName(name))
    .map(([, value]) => value)

function secretOf(auth: ToolAuth): string {
  switch (auth.kind) {
    case 'oauth2':
      return auth.oauth2.clientSecret
    case 'basic':
      return auth.secret
    case 'bearer':
      return auth.token
    case 'none':
    case 'other':
      return ''
    default:
      return auth satisfies never
  }
}
