import type { Annotations } from '../../http/format.ts'
import { fetchStandard, rfc } from '../../spec.ts'

/** What each piece of a token request is, which field of the form made it, and where it is specified. */
const requestAnnotations: Annotations = {
  fields: {
    accept: { what: 'The media type wanted back', fields: [], spec: rfc(6749, '5.1') },
    authorization: {
      what: 'Client ID and secret, joined by a colon, in base64: encoded, not encrypted',
      fields: ['Client ID', 'Client secret', 'Client authentication', 'Encoding in the header'],
      spec: rfc(6749, '2.3.1'),
      secret: true,
    },
    dpop: {
      what: 'The proof that the sender has the key the token is to be bound to',
      fields: ['Bind the token to a key (DPoP)'],
      spec: rfc(9449, '4.1'),
    },
    'content-type': {
      what: 'The body is a form; this type alone causes no preflight',
      fields: ['Content-Type with ;charset=UTF-8'],
      spec: fetchStandard('cors-safelisted-request-header'),
    },
  },
  parameters: {
    grant_type: {
      what: 'The grant: the client asks on its own behalf',
      fields: [],
      spec: rfc(6749, '4.4.2'),
    },
    scope: { what: 'What access is asked for', fields: ['Scope'], spec: rfc(6749, '3.3') },
    resource: { what: 'The API the token is for', fields: ['Resource'], spec: rfc(8707, '2') },
    audience: {
      what: 'Whom the token is for, as some servers have it; not registered for this grant',
      fields: ['Audience'],
      spec: null,
    },
    authorization_details: {
      what: 'What access is asked for, in detail',
      fields: ['Authorization details'],
      spec: rfc(9396, '2'),
    },
    client_assertion_type: {
      what: 'Says that client_assertion is a JWT',
      fields: ['Client authentication'],
      spec: rfc(7523, '2.2'),
    },
    client_assertion: {
      what: 'The JWT by which the client proves itself; good for one request',
      fields: ['Client authentication'],
      spec: rfc(7523, '2.2'),
      secret: true,
    },
    client_id: { what: 'Who asks', fields: ['Client ID', 'Client authentication'], spec: rfc(6749, '2.3.1') },
    client_secret: {
      what: 'The proof',
      fields: ['Client secret', 'Client authentication'],
      spec: rfc(6749, '2.3.1'),
      secret: true,
    },
  },
}

/** What each piece of an API call is, and which field made it. */
const apiAnnotations: Annotations = {
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

/** What each piece of an introspection or a revocation is. */
const operationAnnotations: Annotations = {
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

/** What each piece of a registration is. */
const registrationAnnotations: Annotations = {
  fields: {
    authorization: {
      what: 'The initial access token: whoever has it may register a client',
      fields: ['Initial access token'],
      spec: rfc(7591, '3'),
      secret: true,
    },
  },
  parameters: {},
}

const noAnnotations: Annotations = { fields: {}, parameters: {} }

/** What the pieces of a request are, by what it is for. */
export const annotationsFor = {
  token: requestAnnotations,
  api: apiAnnotations,
  introspection: operationAnnotations,
  revocation: operationAnnotations,
  metadata: noAnnotations,
  registration: registrationAnnotations,
  keys: noAnnotations,
  probe: noAnnotations,
  host: noAnnotations,
  test: operationAnnotations,
} as const satisfies Readonly<Record<string, Annotations>>
