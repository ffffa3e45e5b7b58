import type { Product } from './product.ts'

export const lemonLdap: Product = {
  name: 'LemonLDAP::NG',
  group: 'yours',
  initial: { base: 'http://auth.example.com' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/oauth2/token' },
}
