import type { Product } from './product.ts'

export const keycloak: Product = {
  name: 'Keycloak',
  group: 'yours',
  initial: { base: 'http://localhost:8080', realm: 'master' },
  patterns: {
    discovery: '{base}/realms/{realm}',
    token_endpoint: '{base}/realms/{realm}/protocol/openid-connect/token',
  },
}
