import type { RefusalCause } from '../cause.ts'
import { cause } from './make.ts'

export const apiCredentials = {
  'scheme-wrong': cause({
    stage: 'scheme',
    title: 'The API takes another scheme than the one sent',
    meaning: 'The API takes another scheme than the one sent.',
    fixes: [],
    spec: [],
  }),
  'scheme-case': cause({
    stage: 'scheme',
    title: 'The API compares the name of the scheme with regard to case',
    meaning: 'The API compares the name of the scheme with regard to case.',
    fixes: [],
    spec: [],
  }),
  'two-spaces': cause({
    stage: 'signature',
    title: 'Two spaces stand between scheme and token, and the second is taken for part of the token',
    meaning: 'Two spaces stand between scheme and token, and the second is taken for part of the token.',
    fixes: [],
    spec: [],
  }),
  'scheme-twice': cause({
    stage: 'token',
    title: 'The word Bearer stands before the token twice',
    meaning: 'The word Bearer stands before the token twice.',
    fixes: [],
    spec: [],
  }),
  'token-in-quotes': cause({
    stage: 'token',
    title: 'The token was sent in quotation marks',
    meaning: 'The token was sent in quotation marks.',
    fixes: [],
    spec: [],
  }),
  'token-in-url': cause({
    stage: 'header',
    title: 'The token is in the URL as well',
    meaning: 'The token is in the URL as well.',
    fixes: [],
    spec: [],
  }),
  'request-malformed': cause({
    stage: 'handler',
    title: 'The API finds the request malformed',
    meaning: 'The API finds the request malformed.',
    fixes: [],
    spec: [],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
