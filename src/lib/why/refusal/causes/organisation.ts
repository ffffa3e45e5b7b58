import { rfc } from '../../../spec.ts'
import type { RefusalCause } from '../facts/cause.ts'
import { cause } from '../facts/make.ts'

const inAssertion = rfc(7523, '3')

/** Whom the client acts for: numbers in assertion_details of the assertion (HelseID). */
export const organisation = {
  'organisation-parent-not-listed': cause({
    stage: 'policy',
    title: 'The client may not act for this parent organisation',
    meaning:
      'The client and its assertion were accepted, and the parent organisation in it is not among those that the client may act for.',
    fixes: [
      'Check the parent organisation number, in its own field under Client assertion.',
      'Ask whoever runs the server (NHN, for HelseID) to add this parent organisation to the client: that needs an agreement.',
    ],
    spec: [inAssertion],
  }),
  'organisation-child-not-listed': cause({
    stage: 'policy',
    title: 'The client may not act for this child organisation',
    meaning:
      'The client and its assertion were accepted, and the child organisation in it is not among those that the client may act for, or belongs to another parent.',
    fixes: [
      'Check the child organisation number, in its own field under Client assertion, and that it belongs to the parent.',
      'Ask whoever runs the server (NHN, for HelseID) to add this child organisation to the client: that needs an agreement.',
    ],
    spec: [inAssertion],
  }),
  'organisation-not-enabled': cause({
    stage: 'policy',
    title: 'The client may not name an organisation',
    meaning:
      'Naming a parent or a child organisation has to be turned on for the client, and is not for this one: a client of one organisation names no parent.',
    fixes: [
      'Leave out the organisation number that this client may not name.',
      'Ask whoever runs the server (NHN, for HelseID) to turn it on: that needs an agreement.',
    ],
    spec: [inAssertion],
  }),
  'organisation-number-format': cause({
    stage: 'assertion',
    title: 'An organisation number is not nine digits',
    meaning: 'Norwegian organisation numbers have nine digits, without spaces.',
    fixes: ['Enter nine digits as the parent and as the child organisation number.'],
    spec: [inAssertion],
  }),
  'organisation-structure': cause({
    stage: 'assertion',
    title: 'assertion_details does not have the structure that the server expects',
    meaning:
      'The organisation is named in assertion_details of the assertion, an object with members, codes and an identifier that are laid down. One of them is missing or another.',
    fixes: ['Let the page write assertion_details: enter the organisation numbers in their own fields.'],
    spec: [inAssertion],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
