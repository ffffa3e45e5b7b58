import type { Product } from './product.ts'

export const zitadel: Product = {
  name: 'Zitadel',
  group: 'yours',
  initial: { base: 'http://localhost:8080' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/oauth/v2/token' },
  presets: { token_endpoint_auth_method: 'client_secret_basic', scope: 'openid' },
}
