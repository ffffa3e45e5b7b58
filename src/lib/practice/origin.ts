/** The origin the practice server answers for, and its issuer identifier; `.example` is reserved and can belong to nobody (RFC 2606). */
export const practiceOrigin = 'https://practice.example'

/** The audience of its access tokens: the API beside it. */
export const practiceAudience = `${practiceOrigin}/api`

/** Its token endpoint. */
export const practiceTokenEndpoint = `${practiceOrigin}/token`

/** Where a client can be registered with a key of its own. @see RFC 7591 section 3 */
export const registrationEndpoint = `${practiceOrigin}/register`

/** What a token can be for: the API, and another that is known by name only. @see RFC 8707 section 2 */
export const practiceResources: readonly string[] = [practiceAudience, `${practiceOrigin}/reports`]
