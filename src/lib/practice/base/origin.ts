/** The origin of the practice server, and its issuer identifier; `.example` is reserved and can belong to nobody (RFC 2606). */
export const practiceOrigin = 'https://practice.example'

/** The origin of the server in this page that has SimpleIdServer’s manners; what is below `.example` is reserved too. */
export const simpleIdServerOrigin = 'https://simpleidserver.practice.example'

/** The origin of the server in this page that has HelseID’s manners, with the Sample API next to it. */
export const helseIdOrigin = 'https://helseid.practice.example'

const origins: readonly string[] = [practiceOrigin, simpleIdServerOrigin, helseIdOrigin]

/** Whether a URL is at a server in this page, and what is sent there never leaves it; `false` for what is no URL. */
export function isPractice(url: string): boolean {
  return URL.canParse(url) && origins.includes(new URL(url).origin)
}

/** The audience of its access tokens: the API next to it. */
export const practiceAudience = `${practiceOrigin}/api`

/** Its token endpoint. */
export const practiceTokenEndpoint = `${practiceOrigin}/token`

/** Where a client can be registered with a key of its own. @see RFC 7591 section 3 */
export const registrationEndpoint = `${practiceOrigin}/register`

/** The public keys its access tokens are verified with. @see RFC 8414 section 2 */
export const practiceJwksUri = `${practiceOrigin}/jwks`

/** Where a token can be introspected. @see RFC 7662 section 2 */
export const practiceIntrospectionEndpoint = `${practiceOrigin}/introspect`

/** Where a token can be revoked. @see RFC 7009 section 2 */
export const practiceRevocationEndpoint = `${practiceOrigin}/revoke`

/** Another API, with an audience of its own. */
export const reportsAudience = `${practiceOrigin}/reports`

/** The endpoint of the Model Context Protocol, with an audience of its own. */
export const mcpAudience = `${practiceOrigin}/mcp`

/** What a token can be for, besides one API below the first of them alone. @see RFC 8707 section 2 */
export const practiceResources: readonly string[] = [practiceAudience, reportsAudience, mcpAudience]
