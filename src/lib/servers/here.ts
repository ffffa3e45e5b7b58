import { practiceOrigin, practiceTokenEndpoint } from '../practice/base/origin.ts'
import type { Product } from './product.ts'

/** The practice server. */
export const practice: Product = {
  name: 'Practice server',
  group: 'here',
  about: 'Runs inside this page: real keys, strict rules, no network.',
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
  about: 'oidc-provider, started on this machine by npm start together with this page.',
  initial: { base: issuer },
  patterns: { discovery: '{base}', token_endpoint: '{base}/token' },
  presets: { client_id: 'm2m', client_secret: 'password', scope: 'read' },
})

/** Any other server. */
export const own: Product = {
  name: 'Your own',
  group: 'own',
  about: 'Any token endpoint that allows this page’s origin.',
  initial: {},
  patterns: { discovery: '', token_endpoint: '' },
}
