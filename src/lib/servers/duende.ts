import type { Product } from './product.ts'

export const duende: Product = {
  name: 'Duende IdentityServer',
  group: 'yours',
  initial: { base: 'https://localhost:5001' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/connect/token' },
}
