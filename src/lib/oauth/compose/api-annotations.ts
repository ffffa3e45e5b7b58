import type { Annotations } from '../../http/format.ts'
import { fetchStandard, rfc } from '../../spec.ts'

/** What each piece of an API call is, and which field made it. */
export const apiAnnotations: Annotations = {
  fields: {
    authorization: {
      what: 'The access token: whoever reads it can use it, unless it is bound to a key',
      fields: [],
      spec: rfc(6750, '2.1'),
      secret: true,
    },
    dpop: {
      what: 'The proof that the sender has the key the token is bound to; good for this call alone',
      fields: ['Bind the token to a key (DPoP)'],
      spec: rfc(9449, '7.1'),
    },
    'content-type': {
      what: 'The type of the body; any but a form or plain text causes a preflight',
      fields: [],
      spec: fetchStandard('cors-safelisted-request-header'),
    },
  },
  parameters: {},
}
