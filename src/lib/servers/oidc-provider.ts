import type { Product } from './product.ts'

export const oidcProvider: Product = {
  name: 'node-oidc-provider',
  group: 'yours',
  initial: { base: 'http://localhost:3000' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/token' },
}
