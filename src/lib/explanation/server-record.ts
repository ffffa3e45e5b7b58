import { wholeMembers, type ConfigChange } from './config-change.ts'
import { sameConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { expand, match, type Values } from './pattern.ts'

/** Where something is known from: documentation, source text or a thread of the vendor's. */
export interface Source {
  readonly label: string
  readonly href: string
}

/** A change that is one click, with the words on its button. */
export interface Fix {
  readonly label: string
  readonly change: ConfigChange
}

/** One thing to do, with the text to copy where there is some. */
export interface Step {
  readonly text: string
  readonly code?: string
  /** What the code is, in words: "shell", "C#". */
  readonly language?: string
  readonly fix?: Fix
  readonly source?: Source
}

/** Something this server does otherwise than one expects, and where that is known from. */
interface Quirk {
  readonly text: string
  readonly source: Source
  readonly fix?: Fix
}

/** A part of the server's URLs that differs from one installation to the next. */
interface Variable {
  /** As in the patterns; `base` is the one that may have slashes. */
  readonly name: string
  readonly label: string
  readonly initial: string
}

/** How to use this page with one kind of authorization server. */
export interface ServerGuide {
  /** Whether it answers a page: at once, once it is set up to, not at all; `unknown` where nobody has measured it. */
  readonly browser: 'yes' | 'after-setup' | 'unknown' | 'no'
  readonly summary: string
  /** Why not, or why that is unknown. */
  readonly why?: string
  readonly variables: readonly Variable[]
  readonly patterns: Readonly<Record<'discovery' | 'token_endpoint', string>>
  /** What lets a page of this origin read its answers. */
  readonly cors: (origin: string) => readonly Step[]
  readonly quirks: readonly Quirk[]
  /** How to start one to try; `null` where that is not for everybody. */
  readonly start: { readonly command: string; readonly note: string } | null
  /** How to make a client for this grant. */
  readonly client: readonly Step[]
  readonly source: Source
}

/** The steps of `cors`; a page that was opened as a file has no origin to allow, and learns that first. */
export function corsSteps({ browser, cors }: ServerGuide, origin: string): readonly Step[] {
  if (origin !== 'null' || browser === 'no') return cors(origin)
  return browser === 'after-setup' ? [nullOrigin] : [nullOrigin, ...cors(origin)]
}

const nullOrigin: Step = {
  text: 'This page was opened as a file, so its origin is “null”, as every other file’s is. A server that answers every origin answers it too; to one that lists origins it cannot be named safely, if at all. Serve the page from http://localhost and come back here: the steps then carry its origin.',
}

/** The values of the variables with which the patterns make this server's addresses. */
export function initialValues({ variables }: ServerGuide): Values {
  return Object.fromEntries(variables.map(({ name, initial }) => [name, initial]))
}

/** The values that these addresses were made with; `null` when the token endpoint is not one of the pattern. */
export function valuesOf(guide: ServerGuide, config: TokenRequestConfig): Values | null {
  const found = match(guide.patterns.token_endpoint, config.token_endpoint)
  // What the token endpoint does not tell, as authentik's does not name the application, the issuer may.
  return found && { ...initialValues(guide), ...issuerValues(guide, config), ...found }
}

/** The values that the issuer was made with; `null` when it is not one of the pattern. */
export function issuerValues({ patterns }: ServerGuide, { discovery }: TokenRequestConfig): Values | null {
  return discovery === '' ? null : match(patterns.discovery, discovery)
}

/** The addresses with these values. The issuer that metadata named before was another server's. */
export function addresses({ patterns }: ServerGuide, values: Values): Partial<TokenRequestConfig> {
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
