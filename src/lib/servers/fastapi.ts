import type { Product } from './product.ts'

export const fastApi: Product = {
  name: 'FastAPI, or home-made',
  group: 'yours',
  initial: { base: 'http://localhost:8000' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/token' },
}
