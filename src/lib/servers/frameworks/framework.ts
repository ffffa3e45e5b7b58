import type { Step } from '../../explanation/server-record.ts'

/** What the steps of a framework are made of, so that they fit what the form holds. */
export interface FrameworkForm {
  /** The page's own. */
  readonly origin: string
  /** The path of what the page calls, with a slash before it. */
  readonly path: string
  /** Whose tokens an API accepts. */
  readonly issuer: string
  /** Which `aud` an API demands. */
  readonly audience: string
  /** The first scope that is asked for. */
  readonly scope: string
}

/** A framework in which token endpoints and APIs are made, or a web server that is in front of them. */
export interface Framework {
  readonly name: string
  /** What lets a page of this origin read the responses of a token endpoint or an API that is made with it. */
  readonly cors: (form: FrameworkForm) => readonly Step[]
  /** How an API made with it checks for whom a token is, and what kind of token it is. @see RFC 9068 section 4 */
  readonly token: (form: FrameworkForm) => readonly Step[]
  /** What it does to a request with a DPoP proof, and to a POST that has no cookie. @see RFC 9449 section 7 */
  readonly dpop: readonly Step[]
}

/** A text of the form as a string literal of Java, C#, Python, JavaScript and YAML. */
export const literal = (text: string): string => JSON.stringify(text)
