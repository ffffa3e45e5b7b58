/** What HelseID's Sample API takes, as its source has it. */
export const helseIdApi = {
  url: 'https://localhost:5081/machine-clients/greetings',
  audience: 'nhn:test-public-samplecode',
  scope: 'nhn:test-public-samplecode/client-credentials',
  algs: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
} as const

/** Whether a URL is, by its look, that of HelseID's Sample API: where it listens, or its path behind a proxy. */
export function isHelseIdApi(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, pathname } = new URL(url)
  return origin === new URL(helseIdApi.url).origin || pathname === new URL(helseIdApi.url).pathname
}
