import type { Product } from './product.ts'

export const django: Product = {
  name: 'Django OAuth Toolkit',
  group: 'yours',
  initial: { base: 'http://localhost:8000' },
  patterns: { discovery: '{base}/o', token_endpoint: '{base}/o/token/' },
}
