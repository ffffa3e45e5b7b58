/** The origin the practice server answers for, and its issuer identifier; `.example` is reserved and can belong to nobody (RFC 2606). */
export const practiceOrigin = 'https://practice.example'

/** The audience of its access tokens: the API beside it. */
export const practiceAudience = `${practiceOrigin}/api`
