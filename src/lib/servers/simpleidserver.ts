import { emptyConfig } from '../oauth/config/config.ts'
import type { Product } from './product.ts'

export const simpleIdServer: Product = {
  name: 'SimpleIdServer tutorial',
  group: 'tutorial',
  initial: { base: 'https://localhost:5001', realm: 'master' },
  patterns: { discovery: '{base}/{realm}', token_endpoint: '{base}/{realm}/token' },
  presets: {
    client_id: 'm2m',
    client_secret: 'password',
    scope: 'read',
    // Its proofs need an exp; DPoP itself stays off.
    dpop: { ...emptyConfig.dpop, lifetime: 200 },
  },
}
