import type { RefusalCause } from '../cause.ts'
import { cause } from './make.ts'

export const apiProof = {
  'proof-twice': cause({
    stage: 'proof-valid',
    title: 'Two DPoP headers were sent',
    meaning: 'Two DPoP headers were sent.',
    fixes: [],
    spec: [],
  }),
  'proof-iat': cause({
    stage: 'proof-valid',
    title: 'The proof was made too long ago, or in the future: a clock is wrong',
    meaning: 'The proof was made too long ago, or in the future: a clock is wrong.',
    fixes: [],
    spec: [],
  }),
  'proof-iat-missing': cause({
    stage: 'proof-valid',
    title: 'The proof has no iat',
    meaning: 'The proof has no iat.',
    fixes: [],
    spec: [],
  }),
  'proof-ath': cause({
    stage: 'proof-valid',
    title: 'The proof is for another access token',
    meaning: 'The proof is for another access token.',
    fixes: [],
    spec: [],
  }),
  'proof-ath-missing': cause({
    stage: 'proof-valid',
    title: 'The proof has no ath',
    meaning: 'The proof has no ath.',
    fixes: [],
    spec: [],
  }),
  'proof-jti-missing': cause({
    stage: 'proof-valid',
    title: 'The proof has no jti',
    meaning: 'The proof has no jti.',
    fixes: [],
    spec: [],
  }),
  'proof-replayed': cause({
    stage: 'proof-valid',
    title: 'The proof was used before',
    meaning: 'The proof was used before.',
    fixes: [],
    spec: [],
  }),
  'cnf-mismatch': cause({
    stage: 'proof-valid',
    title: 'The token is bound to another key than the one that made the proof',
    meaning: 'The token is bound to another key than the one that made the proof.',
    fixes: [],
    spec: [],
  }),
  'cnf-missing': cause({
    stage: 'proof-valid',
    title: 'The token has no cnf.jkt: it is bound to no key',
    meaning: 'The token has no cnf.jkt: it is bound to no key.',
    fixes: [],
    spec: [],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
