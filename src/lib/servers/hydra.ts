import { emptyConfig } from '../oauth/config/config.ts'
import type { Product } from './product.ts'

export const hydra: Product = {
  name: 'Ory Hydra',
  group: 'yours',
  initial: { base: 'http://127.0.0.1:4444' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/oauth2/token' },
  // The issuer is refused there.
  presets: { assertion: { ...emptyConfig.assertion, aud: 'token_endpoint' } },
}
