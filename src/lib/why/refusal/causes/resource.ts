import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../cause.ts'
import type { Facts } from '../facts.ts'
import { cause } from './make.ts'

const isSent = ({ config: { resource } }: Facts): boolean => resource.some(Boolean)

const malformed = (value: string): boolean => !/^[a-z][a-z0-9+.-]*:/i.test(value) || value.includes('#')

/** What was asked for, as an object: “a”, one of “a”, “b”. */
function asked({ config: { resource } }: Facts): string {
  const values = resource.filter(Boolean).map((value) => `“${quoted(value)}”`)
  return values.length > 1 ? `one of ${values.join(', ')}` : values.join('')
}

const without = { text: 'Ask without a resource', change: { resource: [] } } as const
const spec = [rfc(8707, '2')]

/** What the token is asked to be good at. @see RFC 8707 */
export const resource = {
  'resource-unknown': cause({
    stage: 'resource',
    title: 'The server does not know the resource',
    meaning: (facts) =>
      `The server does not know ${asked(facts)}. The whole value is compared, a slash at its end included.`,
    fixes: ['Compare the resource with the one that the server has, letter by letter.', without],
    spec,
    applies: isSent,
  }),
  'resource-malformed': cause({
    stage: 'resource',
    title: 'The resource is no absolute URI, or has a fragment',
    meaning: 'The standard demands an absolute URI, such as https://api.example/, and forbids a # in it.',
    fixes: ['Enter the resource as an absolute URI without a fragment (#).', without],
    spec,
    applies: isSent,
    sign: ({ config }) =>
      config.resource.filter(Boolean).some(malformed)
        ? { found: 'A resource of the request is no absolute URI, or has a fragment.', certainty: 'likely' }
        : null,
  }),
  'resource-permission-missing': cause({
    stage: 'resource',
    title: 'The client may not have a token for this resource',
    meaning: (facts) => `The server knows the resource, and the client is not allowed ${asked(facts)}.`,
    fixes: ['Allow the client this resource at the server.', without],
    spec,
    applies: isSent,
  }),
  'resource-refused': cause({
    stage: 'resource',
    title: 'The server refuses the resource',
    meaning: (facts) =>
      `Either the server does not know ${asked(facts)}, or the client may not have a token for it, or not together with this scope: the response does not tell which.`,
    fixes: [
      'Compare the resource with the one that the server has, letter by letter.',
      'Allow the client this resource at the server.',
      without,
    ],
    spec,
    applies: isSent,
  }),
  'audience-not-accepted': cause({
    stage: 'resource',
    title: 'The server does not accept the parameter audience for this grant',
    meaning:
      'The parameter audience is no part of the client credentials grant. Some servers use it, others refuse it.',
    fixes: [
      { text: 'Ask without an audience', change: { audience: '' } },
      'Ask for the API by resource or by scope in its place, if the server has them.',
    ],
    spec: [rfc(6749, '4.4.2'), rfc(8707, '2')],
    applies: ({ config: { audience } }) => audience !== '',
    sign: ({ config: { audience } }) =>
      audience === '' ? null : { found: 'The request has an audience.', certainty: 'possible' },
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
