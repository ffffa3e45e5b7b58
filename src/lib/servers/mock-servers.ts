import type { Product } from './product.ts'

export const mockOauth2Server: Product = {
  name: 'mock-oauth2-server (navikt)',
  group: 'yours',
  initial: { base: 'http://localhost:8080', issuer: 'default' },
  patterns: { discovery: '{base}/{issuer}', token_endpoint: '{base}/{issuer}/token' },
}

export const oauth2MockServer: Product = {
  name: 'oauth2-mock-server (axa)',
  group: 'yours',
  initial: { base: 'http://localhost:8080' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/token' },
}
