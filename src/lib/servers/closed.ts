import type { Product } from './product.ts'

// No address is that of anybody's tenant: a request does not go astray before the right one is typed.

export const entra: Product = {
  name: 'Microsoft Entra ID',
  group: 'closed',
  initial: { base: 'https://login.microsoftonline.com', tenant: '00000000-0000-0000-0000-000000000000' },
  patterns: { discovery: '{base}/{tenant}/v2.0', token_endpoint: '{base}/{tenant}/oauth2/v2.0/token' },
  presets: { scope: 'https://graph.microsoft.com/.default' },
}

export const auth0: Product = {
  name: 'Auth0',
  group: 'closed',
  initial: { base: 'https://tenant.auth0.example' },
  patterns: { discovery: '{base}/', token_endpoint: '{base}/oauth/token' },
}

export const okta: Product = {
  name: 'Okta',
  group: 'closed',
  initial: { base: 'https://org.okta.example', server: 'default' },
  patterns: { discovery: '{base}/oauth2/{server}', token_endpoint: '{base}/oauth2/{server}/v1/token' },
}

export const curity: Product = {
  name: 'Curity Identity Server',
  group: 'closed',
  initial: { base: 'https://localhost:8443' },
  patterns: { discovery: '{base}/oauth/v2/oauth-anonymous', token_endpoint: '{base}/oauth/v2/oauth-token' },
}
