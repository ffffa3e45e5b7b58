import type { RefusalCause } from '../cause.ts'
import { cause } from './make.ts'

export const operations = {
  'token-parameter-missing': cause({
    stage: 'token',
    title: 'No token was sent',
    meaning: 'No token was sent.',
    fixes: [],
    spec: [],
  }),
  'token-type-hint-unknown': cause({
    stage: 'token',
    title: 'The server does not know this token_type_hint',
    meaning: 'The server does not know this token_type_hint.',
    fixes: [],
    spec: [],
  }),
  'token-of-another-client': cause({
    stage: 'owner',
    title: 'The token was issued to another client',
    meaning: 'The token was issued to another client.',
    fixes: [],
    spec: [],
  }),
  'refresh-token-introspected': cause({
    stage: 'token',
    title: 'The server fails at the introspection of a refresh token',
    meaning: 'The server fails at the introspection of a refresh token.',
    fixes: [],
    spec: [],
  }),
  'introspection-needs-api': cause({
    stage: 'client',
    title: 'Introspection takes the credentials of an API, not those of a client',
    meaning: 'Introspection takes the credentials of an API, not those of a client.',
    fixes: [],
    spec: [],
  }),
  'registration-needs-token': cause({
    stage: 'token',
    title: 'Registration takes an initial access token',
    meaning: 'Registration takes an initial access token.',
    fixes: [],
    spec: [],
  }),
  'registration-with-keys': cause({
    stage: 'form',
    title: 'The server fails at a registration with `jwks` in it',
    meaning: 'The server fails at a registration with `jwks` in it.',
    fixes: [],
    spec: [],
  }),
  'token-kind-not-supported': cause({
    stage: 'token',
    title: 'The server does not support this kind of token',
    meaning: 'The server does not support this kind of token.',
    fixes: [],
    spec: [],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
