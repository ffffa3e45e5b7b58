import { rfc } from '../../../spec.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

/** A line break, a control, or what is beyond ASCII. @see RFC 6749 appendix A.1 */
export const hasOtherCharacters = ({ config: { client_id } }: Facts): boolean => /[^ -~]/.test(client_id)

/** That the client ID itself has something in it which it should not. */
export const clientId = {
  'client-id-with-space': cause({
    stage: 'client',
    title: 'The client ID has a space at its end',
    meaning: 'A space before or after the client ID is part of it, and was probably copied along.',
    fixes: ({ config: { client_id } }) => [
      { text: 'Remove the spaces around the client ID', change: { client_id: client_id.trim() } },
    ],
    spec: [rfc(6749, '2.2')],
    applies: ({ config: { client_id } }) => client_id !== client_id.trim(),
    sign: ({ config: { client_id } }) =>
      /^ | $/.test(client_id)
        ? { found: 'The client ID begins or ends with a space.', certainty: 'likely' }
        : null,
  }),
  'client-id-characters': cause({
    stage: 'client',
    title: 'The client ID has a character that no client ID has',
    meaning:
      'A client ID has printable ASCII characters only. A line break was probably copied along; a letter beyond ASCII is refused by some servers before they look for the client.',
    fixes: ['Enter the client ID anew, in ASCII characters and without a line break.'],
    spec: [rfc(6749, 'A.1')],
    applies: hasOtherCharacters,
    sign: (facts) =>
      hasOtherCharacters(facts)
        ? { found: 'The client ID has a character that is not printable ASCII.', certainty: 'likely' }
        : null,
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
