import type { Product } from './product.ts'

export const spring: Product = {
  name: 'Spring Authorization Server',
  group: 'yours',
  initial: { base: 'http://localhost:9000' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/oauth2/token' },
}
