import { asString, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { show } from '../decode/claim-values.ts'
import { difference, issuerDifference } from './differences.ts'
import { fail, pass, type Result, skipped, warn } from '../../check.ts'
import type { LintContext, Rule } from './rule.ts'

/** Its issuer against all that names one: the metadata, what was typed, and the token endpoint's own base. */
export const issuer: Rule = {
  what: 'Its issuer is the authorization server',
  group: 'parties',
  spec: rfc(8725, '3.8'),
  needs: 'claims',
  isMinded: true,
  look({ claims, context }) {
    const iss = member(claims, 'iss')
    const found = asString(iss)
    // Whatever it is compared with: "a case-sensitive string containing a StringOrURI value".
    if (iss !== undefined && found === undefined)
      return fail(
        `iss is ${show(iss)}, and not a string (RFC 7519 section 4.1.1). An API that knows its issuer refuses the token.`,
      )
    if (found === '')
      return fail('iss is empty: it names no issuer, and an API that knows its own refuses it.')
    const isAlone = context.issuer === null && context.typedIssuer === null
    if (found === undefined)
      return isAlone
        ? skipped('iss is missing. Nothing is there to compare it with.')
        : fail('It has no iss: a server that expects an issuer refuses it.')
    return isAlone ? besideEndpoint(found, context) : compare(found, context)
  },
}

const refuses = (expected: string): string => `An API set up with “${quoted(expected)}” refuses the token.`

/** A user sets an API up with the issuer that was typed; the metadata may name another. */
function compare(found: string, { issuer: named, typedIssuer: typed }: LintContext): Result {
  if (named !== null && found !== named) return fail(issuerDifference(named, found))
  const said = `iss is “${quoted(found)}”${named === null ? '' : ', as in the metadata'}`
  if (typed === null || typed === found)
    return pass(named === null ? `${said}, as in Connection.` : `${said}.`)
  return warn(`${said}; Connection has “${quoted(typed)}”. ${difference(typed, found)} ${refuses(typed)}`)
}

/** Without metadata and without an issuer in the form, the token endpoint shows by what name the server is known. */
function besideEndpoint(found: string, { tokenEndpoint }: LintContext): Result {
  const said = `iss is “${quoted(found)}”.`
  if (tokenEndpoint === null || !URL.canParse(tokenEndpoint) || !URL.canParse(found))
    return skipped(`${said} No metadata is there to compare it with.`)
  const [asked, named] = [new URL(tokenEndpoint), new URL(found)]
  if (tokenEndpoint.startsWith(found)) return pass(`${said} The URL of the token endpoint begins with it.`)
  if (asked.origin === named.origin)
    return skipped(
      `${said} It has the origin of the token endpoint; no metadata is there to compare it with.`,
    )
  const seen = asked.origin + (named.pathname === '/' ? '' : named.pathname)
  return warn(
    `${said} The token endpoint is at ${quoted(asked.origin)}. ${difference(tokenEndpoint, found)} ${refuses(seen)}`,
  )
}
