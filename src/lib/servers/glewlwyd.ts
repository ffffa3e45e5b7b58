import type { Product } from './product.ts'

export const glewlwyd: Product = {
  name: 'Glewlwyd',
  group: 'yours',
  initial: { base: 'http://localhost:4593', plugin: 'oidc' },
  patterns: { discovery: '{base}/api/{plugin}', token_endpoint: '{base}/api/{plugin}/token' },
}
