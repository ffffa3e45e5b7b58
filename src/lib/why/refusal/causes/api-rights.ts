import type { RefusalCause } from '../cause.ts'
import { cause } from './make.ts'

export const apiRights = {
  'scope-insufficient': cause({
    stage: 'scope',
    title: 'The token lacks the scope that the API wants',
    meaning: 'The token lacks the scope that the API wants.',
    fixes: [],
    spec: [],
  }),
  'scope-one-string': cause({
    stage: 'scope',
    title: 'The API compares the whole scope claim, which is one string of several scopes',
    meaning: 'The API compares the whole scope claim, which is one string of several scopes.',
    fixes: [],
    spec: [],
  }),
  'user-needed': cause({
    stage: 'role',
    title: 'The path wants claims that only a token of a user has',
    meaning: 'The path wants claims that only a token of a user has.',
    fixes: [],
    spec: [],
  }),
  'metadata-not-fetched': cause({
    stage: 'setup',
    title: 'The API cannot fetch the metadata of the authorization server, and so has no keys',
    meaning: 'The API cannot fetch the metadata of the authorization server, and so has no keys.',
    fixes: [],
    spec: [],
  }),
  'metadata-https-required': cause({
    stage: 'setup',
    title: 'The API is given an http Authority, and fetches metadata over https only',
    meaning: 'The API is given an http Authority, and fetches metadata over https only.',
    fixes: [],
    spec: [],
  }),
  'role-missing': cause({
    stage: 'role',
    title: 'The API requires a role that the token does not have',
    meaning: 'The API requires a role that the token does not have.',
    fixes: [],
    spec: [],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
