import type { Product } from './product.ts'

export const openIddict: Product = {
  name: 'OpenIddict',
  group: 'yours',
  initial: { base: 'https://localhost:44385' },
  patterns: { discovery: '{base}/', token_endpoint: '{base}/connect/token' },
}
