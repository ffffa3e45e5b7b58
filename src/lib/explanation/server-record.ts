import type { FormFix } from './explanation.ts'
import type { Reach } from './reach.ts'
import { type ConfigChange, wholeMembers } from './config-change.ts'
import type { UseTarget } from './api-record.ts'
import { originOf } from '../http/message.ts'
import { sameConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { expand, match, type Values } from './pattern.ts'

/** Where something is known from: documentation, source text or a thread of the vendor's. */
export interface Source {
  readonly label: string
  readonly href: string
}

/**
 * One thing to do, with the text to copy if there is some. A program can do it, too: a step in the language "shell" is a
 * script that is run as it is, and one with a file is the whole content of that file. Any other code goes into a file
 * that is there already.
 */
export interface Step {
  readonly text: string
  readonly code?: string
  /** What the code is, in words: "shell", "C#". */
  readonly language?: string
  /** The path of the file that the code is, relative to the folder in which the server is set up. */
  readonly file?: string
  readonly fix?: FormFix
  readonly source?: Source
}

/** Something this server does unexpectedly, and where that is known from. */
interface Quirk {
  readonly text: string
  readonly source: Source
  readonly fix?: FormFix
}

/** Something to know before a request is sent, as this server would not accept it, or would not say why. */
export interface Beforehand {
  readonly text: string
  readonly fix?: FormFix
}

/** Of what a kind of server makes its addresses. */
export interface Addresses {
  /** What the variables of the patterns start with; `base` is the one that may have slashes. */
  readonly initial: Values
  readonly patterns: Readonly<Record<'discovery' | 'token_endpoint', string>>
}

/** The endpoints besides the token endpoint, by the names of the metadata. @see RFC 8414 section 2 */
export type EndpointName =
  'jwks_uri' | 'introspection_endpoint' | 'revocation_endpoint' | 'registration_endpoint'

/** Of the variables of the addresses, as a pattern or by a rule; that may be empty, if they do not show it. */
export type EndpointPlace = string | ((values: Values) => string)

/** Questions to the server about a token. */
type OperationName = 'introspection' | 'revocation'

/** Something a server does unexpectedly if it is asked about a token. */
interface OperationQuirk extends Quirk {
  /** Whether no page can read the response, so that the relay helps. */
  readonly unreadable?: true
}

/** All that is known of one kind of authorization server besides what the picker needs. */
export interface ServerRecord {
  /** What it is and what reaching it requires, in a sentence or two; left out if its group says it. */
  readonly about?: string
  /** How to use this page with it; `null` if the picker says it all. */
  readonly guide: ServerGuide | null
  /** Of the same variables as its token endpoint; an endpoint it does not have is left out. */
  readonly endpoints: Readonly<Partial<Record<EndpointName, EndpointPlace>>>
  /** The APIs that go with its tokens; `localApi` is the origin of the one of `npm start`. */
  readonly apis?: (localApi: string) => readonly UseTarget[]
  /** The claim of a client assertion in which it expects for whom a client acts. */
  readonly organisation?: OrganisationClaim
  /** What it does differently if it is asked about a token with this configuration; `null` for nothing. */
  readonly operations?: Readonly<
    Partial<Record<OperationName, (config: TokenRequestConfig) => OperationQuirk | null>>
  >
  /** Whether the introspection endpoint at a URL looks at no client, so that a secret is not sent there. */
  readonly asksNoClient?: (url: string) => boolean
  /** What its connections are known for. */
  readonly reach?: Reach
  /** What to know before a request of this configuration is sent. */
  readonly beforehand?: (config: TokenRequestConfig) => readonly Beforehand[]
}

/** How to use this page with one kind of authorization server. */
export interface ServerGuide {
  /** Whether a page can call it: at once, after its setup, or not at all; `unknown` if nobody has measured it. */
  readonly browser: 'yes' | 'after-setup' | 'unknown' | 'no'
  readonly summary: string
  /** Why not, or why that is unknown. */
  readonly why?: string
  /** What the form calls the variables of its addresses. */
  readonly labels: Readonly<Record<string, string>>
  /** What lets a page of the form's origin read its responses. */
  readonly cors: (form: GuideForm) => readonly Step[]
  readonly quirks: readonly Quirk[]
  /** How to start one to try; no step if that is not for everybody. */
  readonly start: (form: GuideForm) => readonly Step[]
  /** How to make a client for this grant. */
  readonly client: (form: GuideForm) => readonly Step[]
  readonly source: Source
}

/** What the steps of a guide are made of, so that they fit what the form holds. */
export interface GuideForm {
  /** The page's own. */
  readonly origin: string
  readonly config: TokenRequestConfig
  /** What the variables of the addresses are, or would be. */
  readonly values: Values
}

/** What the steps of this server's guide are made of; a token endpoint that its pattern cannot make says nothing. */
export function guideForm(server: Addresses, config: TokenRequestConfig, origin: string): GuideForm {
  const values = valuesOf(server, config) ?? { ...server.initial, ...issuerValues(server, config) }
  return { origin, config, values }
}

/**
 * For whom a client acts. A single-tenant client belongs to one organisation and may name a child of it; a multi-tenant
 * client names the parent, and a child if it likes.
 */
export type Organisation =
  | { readonly tenancy: 'none' }
  | { readonly tenancy: 'single'; readonly child: string }
  | { readonly tenancy: 'multi'; readonly parent: string; readonly child: string }

/** A claim for that, which a server has a form of its own for. */
export interface OrganisationClaim {
  readonly title: string
  /** The name of the claim. */
  readonly claim: string
  /** The organisation that payload members of the user's own name; `null` if they hold another such claim. */
  readonly read: (payload: string) => Organisation | null
  /** The payload members with that organisation in place of the one they named. */
  readonly write: (payload: string, organisation: Organisation) => string
  /** Whether a number is one of an organisation, and what is to be said of others. */
  readonly isNumber: (text: string) => boolean
  readonly noNumber: string
}

/** The steps of `cors`; a page that was opened as a file has no origin to allow, and learns that first. */
export function corsSteps({ browser, cors }: ServerGuide, form: GuideForm): readonly Step[] {
  if (browser === 'after-setup') return forOrigin(form.origin, cors(form))
  return form.origin === 'null' && browser !== 'no' ? [nullOrigin, ...cors(form)] : cors(form)
}

/** The steps that allow an origin, unless the page has none that can be allowed. */
export const forOrigin = (origin: string, steps: readonly Step[]): readonly Step[] =>
  origin === 'null' ? [nullOrigin] : steps

/** A command that starts a server, and what there is then. */
export const inTerminal = (command: string, note: string): Step => ({
  text: `In a terminal. ${note}`,
  code: command,
  language: 'shell',
})

const nullOrigin: Step = {
  text: 'This page was opened as a file, so its origin is “null”, as every other file’s is. A server that allows every origin allows it too; to one that lists origins it cannot be named safely, if at all. Serve the page from http://localhost and come back here: the steps then carry its origin.',
}

/** The values that these addresses were made with; `null` when the token endpoint is not one of the pattern. */
export function valuesOf(server: Addresses, config: TokenRequestConfig): Values | null {
  const found = match(server.patterns.token_endpoint, config.token_endpoint)
  // What the token endpoint does not show, as authentik's does not name the application, the issuer may.
  return found && { ...server.initial, ...issuerValues(server, config), ...found }
}

/** The values that the issuer was made with; `null` when it is not one of the pattern. */
export function issuerValues({ patterns }: Addresses, { discovery }: TokenRequestConfig): Values | null {
  return discovery === '' ? null : match(patterns.discovery, discovery)
}

/**
 * Where a server has an endpoint besides the token endpoint of a configuration; empty if that is not known. A token
 * endpoint that is not where that kind has it says nothing.
 */
export function endpointOf(
  server: Addresses,
  place: EndpointPlace | undefined,
  config: TokenRequestConfig,
): string {
  const found = match(server.patterns.token_endpoint, config.token_endpoint)
  if (place === undefined || !found) return ''
  const values = { ...issuerValues(server, config), ...found }
  if (typeof place !== 'string') return place(values)
  const known = [...place.matchAll(/\{(\w+)\}/g)].every(([, variable = '']) => variable in values)
  return known ? expand(place, values) : ''
}

/** Whether a URL is at the server of a configuration: a server may have more than one origin, as for administration. */
export function isAtServer(
  server: Addresses,
  { endpoints }: ServerRecord,
  config: TokenRequestConfig,
  url: string,
): boolean {
  const beside = Object.values(endpoints).map((place) => endpointOf(server, place, config))
  return [config.token_endpoint, ...beside].some((one) => originOf(one) === originOf(url))
}

/** The addresses with these values. The issuer that metadata named before was another server's. */
export function addresses({ patterns }: Addresses, values: Values): Partial<TokenRequestConfig> {
  return {
    discovery: expand(patterns.discovery, values),
    issuer: '',
    token_endpoint: expand(patterns.token_endpoint, values),
  }
}

/** Whether the configuration is already as the change would make it. */
export function isMade(config: TokenRequestConfig, change: ConfigChange): boolean {
  return sameConfig(config, { ...config, ...wholeMembers(config, change) })
}
