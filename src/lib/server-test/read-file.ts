import { isObject, parsePlain } from '../json/own-members.ts'
import { quoted } from '../text/quoted.ts'
import { authMethods, isAuthMethod } from '../oauth/config/auth-methods.ts'

/** A client as a file names it. */
export interface FileClient {
  readonly client_id: string
  readonly client_secret?: string
  readonly token_endpoint_auth_method?: string
  readonly scope?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly basic_encoding?: 'form' | 'raw'
}

/** What is tested, as a file has it: see “Test a server” in the README. */
export interface TestFile {
  readonly name?: string
  readonly issuer?: string
  readonly token_endpoint: string
  readonly introspection_endpoint?: string
  readonly revocation_endpoint?: string
  readonly client: FileClient
  readonly operations?: FileClient
  readonly encoding?: FileClient
  readonly assertion?: {
    readonly client_id: string
    readonly key: Readonly<Record<string, unknown>>
    readonly alg?: string
    readonly kid?: string
    readonly typ?: string
    readonly aud?: string
    readonly scope?: string
  }
  readonly dpop?: FileClient
  readonly api?: {
    readonly url: string
    readonly dpop?: boolean
    readonly parameters?: Readonly<Record<string, string>>
  }
  readonly throwaway_secret?: boolean
  readonly pause_ms?: number
}

/** What was read of a file; or what is wrong with it, a sentence each, without a value that may be secret. */
export type ReadFile =
  | { readonly ok: true; readonly file: TestFile }
  | { readonly ok: false; readonly problems: readonly string[] }

/** What a value has to be: in words, and whether it is. `members` are those of an object. */
interface Shape {
  readonly is: string
  readonly fits: (value: unknown) => boolean
  readonly members?: Readonly<Record<string, Shape & { readonly needed?: true }>>
}

const text: Shape = { is: 'a text', fits: (value) => typeof value === 'string' }
const name: Shape = {
  is: 'a text that is not empty',
  fits: (value) => typeof value === 'string' && value !== '',
}
const flag: Shape = { is: 'true or false', fits: (value) => typeof value === 'boolean' }
const pause: Shape = {
  is: 'a number of milliseconds from 0 to 60000',
  fits: (value) => typeof value === 'number' && value >= 0 && value <= 60_000,
}
const texts: Shape = {
  is: 'an object whose values are texts',
  fits: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
}
const url: Shape = {
  is: 'an absolute URL of http or https, without user, password and fragment',
  fits: (value) => typeof value === 'string' && isPlainUrl(value),
}
const key: Shape = {
  is: 'a private JWK',
  fits: (value) => isObject(value) && typeof value['kty'] === 'string' && typeof value['d'] === 'string',
}
const oneOf = (values: readonly string[]): Shape => ({
  is: `one of ${values.join(', ')}`,
  fits: (value) => typeof value === 'string' && values.includes(value),
})
const object = (members: NonNullable<Shape['members']>): Shape => ({
  is: 'an object',
  fits: isObject,
  members,
})
const needed = <S extends Shape>(shape: S) => ({ ...shape, needed: true }) as const

function isPlainUrl(value: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(value) || !URL.canParse(value)) return false
  const { username, password, hash } = new URL(value)
  return username === '' && password === '' && hash === ''
}

/** A key is that of `assertion` alone, so that no other client can sign with one. */
const methods = Object.keys(authMethods).filter((method) => method !== 'private_key_jwt')

const client = object({
  client_id: needed(name),
  client_secret: text,
  token_endpoint_auth_method: oneOf(methods),
  scope: text,
  parameters: texts,
  basic_encoding: oneOf(['form', 'raw']),
})

const whole = object({
  name,
  issuer: url,
  token_endpoint: needed(url),
  introspection_endpoint: url,
  revocation_endpoint: url,
  client: needed(client),
  operations: client,
  encoding: client,
  assertion: object({
    client_id: needed(name),
    key: needed(key),
    alg: name,
    kid: text,
    typ: text,
    aud: name,
    scope: text,
  }),
  dpop: client,
  api: object({ url: needed(url), dpop: flag, parameters: texts }),
  throwaway_secret: flag,
  pause_ms: pause,
})

/** Bytes of a file are far fewer; more is something else. */
const longest = 256 * 1024

/**
 * Reads what is to be tested, strictly: a member that is unknown, missing or of another type is a problem, and so is a
 * variable that is not set. Never throws. `${NAME}` in a text is the variable of that name.
 */
export function readTestFile(json: string, variable: (name: string) => string | undefined): ReadFile {
  if (json.length > longest) return { ok: false, problems: ['The file is larger than 256 KiB.'] }
  const parsed = parsePlain(json.replace(/^\uFEFF/, ''))
  // What the platform says of it may quote a secret.
  if (!parsed.ok) return { ok: false, problems: ['The file is not JSON.'] }
  const problems: string[] = []
  const value = filledIn(parsed.value, variable, problems, 0)
  problems.push(...problemsOf(value, whole, ''))
  if (problems.length === 0) problems.push(...withoutSecret(value as TestFile))
  return problems.length === 0
    ? { ok: true, file: value as TestFile }
    : { ok: false, problems: [...new Set(problems)] }
}

/** With variables in place of their names. What is nested deeper than any file needs is left as it is, and then refused. */
function filledIn(
  value: unknown,
  variable: (name: string) => string | undefined,
  problems: string[],
  depth: number,
): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (whole, own: string) => {
      const found = variable(own)
      if (found === undefined) problems.push(`The environment variable ${own} is not set.`)
      return found ?? whole
    })
  if (depth > 8) return value
  if (Array.isArray(value)) return value.map((one: unknown) => filledIn(one, variable, problems, depth + 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([own, one]) => [own, filledIn(one, variable, problems, depth + 1)]),
  )
}

function problemsOf(value: unknown, shape: Shape, path: string): readonly string[] {
  const what = path === '' ? 'The file' : path
  if (!shape.fits(value)) return [`${what} has to be ${shape.is}.`]
  const { members } = shape
  if (!members || !isObject(value)) return []
  const at = (own: string) => (path === '' ? own : `${path}.${own}`)
  return [
    ...Object.keys(value)
      .filter((own) => !Object.hasOwn(members, own))
      .map((own) => `${at(quoted(own))} is not known.`),
    ...Object.entries(members).flatMap(([own, member]) => {
      if (Object.hasOwn(value, own)) return problemsOf(value[own], member, at(own))
      return member.needed ? [`${at(own)} is missing.`] : []
    }),
  ]
}

/** A method that needs a secret has one. */
function withoutSecret(file: TestFile): readonly string[] {
  return (['client', 'operations', 'encoding', 'dpop'] as const).flatMap((own) => {
    const one = file[own]
    const method = one?.token_endpoint_auth_method ?? 'client_secret_basic'
    const isMissing = one !== undefined && one.client_secret === undefined && isAuthMethod(method)
    return isMissing && authMethods[method].by === 'secret' ? [`${own}.client_secret is missing.`] : []
  })
}
