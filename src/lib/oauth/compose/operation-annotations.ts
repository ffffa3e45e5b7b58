import type { Annotations } from '../../http/format.ts'
import { rfc } from '../../spec.ts'
import { requestAnnotations } from './annotations.ts'

/** What each piece of an introspection or a revocation is. */
export const operationAnnotations: Annotations = {
  fields: requestAnnotations.fields,
  parameters: {
    ...requestAnnotations.parameters,
    token: { what: 'The token it is about', fields: [], spec: rfc(7662, '2.1'), secret: true },
    token_type_hint: {
      what: 'What kind of token it is, to be looked for first',
      fields: [],
      spec: rfc(7009, '2.1'),
    },
  },
}
