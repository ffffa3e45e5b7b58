import { emptyConfig } from '../oauth/config/config.ts'
import type { Product } from './product.ts'

/** As the sample speaks for its parent organisation and a child. */
const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: 'NO:ORGNR:999977774:999977776' }
const assertion_details = {
  type: 'helseid_authorization',
  practitioner_role: { organization: { identifier } },
}
const sampleOrganisation = JSON.stringify({ assertion_details }, null, 2)

export const helseId: Product = {
  name: 'HelseID test environment',
  group: 'tutorial',
  initial: { base: 'https://helseid-sts.test.nhn.no' },
  patterns: { discovery: '{base}', token_endpoint: '{base}/connect/token' },
  presets: {
    client_id: 'helseid-sample-client-credentials-for-multitenant-app',
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { ...emptyConfig.assertion, lifetime: 10, payload: sampleOrganisation },
    dpop: { ...emptyConfig.dpop, on: true },
    scope: 'nhn:test-public-samplecode/client-credentials',
  },
}
