import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'

/** Why the token endpoint of HelseID refuses. */
export const helseIdCauses = {
  'cors-off': 'The server has no CORS at all.',

  // The client and its assertion.
  'method-other': 'The server takes another client authentication: private_key_jwt only.',
  'assertion-audience': 'aud of the assertion is not the issuer.',
  'assertion-lifetime': 'The assertion lives longer than the 60 seconds that HelseID allows.',
  'assertion-typ': 'typ of the assertion is another than client-authentication+jwt.',
  'assertion-replayed': 'The assertion was used before.',

  // What is in `assertion_details`.
  'organisation-parent-not-listed': 'The client may not act for this parent organisation.',
  'organisation-child-not-listed': 'The client may not act for this child organisation.',
  'organisation-number-format': 'An organisation number has not nine digits.',
  'organisation-structure': 'The structure of assertion_details is not the one that HelseID takes.',

  // DPoP.
  'proof-missing': 'The client is bound to DPoP, and no proof was sent.',
  'proof-htu': 'The proof is for another URL.',
  'nonce-demanded': 'The server asks for a nonce in the proof.',
  'nonce-old': 'The nonce in the proof is none that the server still knows.',

  // Grant and scope.
  'grant-not-enabled': 'The server does not know this grant type.',
  'scope-not-sent': 'No scope was sent.',
  'scope-refused': 'The scope is unknown, or the client may not have it; nothing tells which.',
} as const satisfies Record<string, string>

export type HelseIdCause = keyof typeof helseIdCauses

type UnknownServer = NonNullable<Expectation['unknownServer']>

/** Of an unknown server: its words, or what was sent, name it. */
export const said = (stage: Stage, cause: HelseIdCause): UnknownServer => ({
  stage,
  cause,
  certainty: 'likely',
})

/** Of an unknown server: the standard's meaning of the code leaves these stages. */
export const open = (...among: readonly Stage[]): UnknownServer => ({
  stage: 'not known',
  among,
  cause: null,
  certainty: 'possible',
})
