import type { Product } from './product.ts'

export const authentik: Product = {
  name: 'authentik',
  group: 'yours',
  initial: { base: 'http://localhost:9000', application: 'm2m' },
  patterns: {
    discovery: '{base}/application/o/{application}/',
    token_endpoint: '{base}/application/o/token/',
  },
}
