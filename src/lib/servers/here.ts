import { practiceOrigin, practiceTokenEndpoint } from '../practice/base/origin.ts'
import type { Product } from './product.ts'

/** The practice server. */
export const practice: Product = {
  name: 'Practice server',
  group: 'here',
  initial: {},
  patterns: { discovery: practiceOrigin, token_endpoint: practiceTokenEndpoint },
  presets: {
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'read',
  },
  inPage: true,
}

/** The server that `npm start` runs next to the page, at this issuer. */
export const local = (issuer: string): Product => ({
  name: 'Local server of npm start',
  group: 'here',
  initial: { base: issuer },
  patterns: { discovery: '{base}', token_endpoint: '{base}/token' },
  presets: { client_id: 'm2m', client_secret: 'password', scope: 'read' },
})

/** Any other server. */
export const own: Product = {
  name: 'Your own',
  group: 'own',
  initial: {},
  patterns: { discovery: '', token_endpoint: '' },
}
