import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

const values = ({ config: { resource } }: Facts): readonly string[] => resource.filter(Boolean)
const isSent = (facts: Facts): boolean => values(facts).length > 0
/** Auth0 and Ory ask for the API by a parameter of their own. */
const hasAudience = ({ config: { audience } }: Facts): boolean => audience !== ''

/** A fragment is for a reader of a document, and no part of what a resource is. */
const hasFragment = (facts: Facts): boolean => values(facts).some((value) => value.includes('#'))

const malformed = (value: string): boolean => !/^[a-z][a-z0-9+.-]*:/i.test(value) || value.includes('#')

/** What was asked for, as an object: “a”, one of “a”, “b”; a row may be believed though nothing was sent. */
function asked(facts: Facts): string {
  const names = (hasAudience(facts) && !isSent(facts) ? [facts.config.audience] : values(facts)).map(
    (value) => `“${quoted(value)}”`,
  )
  if (names.length === 0) return 'the resource'
  return names.length > 1 ? `one of ${names.join(', ')}` : names.join('')
}

/** The same resources, each as it has to be; none if that is what was sent, or cannot be told. */
function mended(facts: Facts, mend: (value: string) => string): readonly Fix[] {
  const resource = values(facts).map(mend)
  return resource.some((value, index) => value !== values(facts)[index]) && !resource.some(malformed)
    ? [{ text: `Ask for a token with the resource ${quoted(resource.join(', '))}`, change: { resource } }]
    : []
}

const withoutFragment = (value: string): string => value.replace(/#.*$/s, '')

/** A host with a path, whose scheme was left out. */
const withScheme = (value: string): string =>
  /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(value) ? `https://${value}` : value

/** Programs write a slash behind a host that has none (`new URL(…).href`), and that is another resource. */
const withoutSlash = (value: string): string => value.replace(/(?<=[^/])\/$/, '')

const without = { text: 'Ask without a resource', change: { resource: [] } } as const
const withoutAudience = { text: 'Ask without an audience', change: { audience: '' } } as const
const spec = [rfc(8707, '2')]

/** What the token is asked to be good at. @see RFC 8707 */
export const resource = {
  'resource-unknown': cause({
    stage: 'resource',
    title: 'The server does not know the resource',
    meaning: (facts) =>
      `The server does not know ${asked(facts)}. The whole value is compared, a slash at its end included.`,
    fixes: (facts) => [
      'Compare it with the one that the server has, letter by letter.',
      ...mended(facts, withoutSlash),
      isSent(facts) ? without : withoutAudience,
    ],
    spec,
    applies: (facts) => isSent(facts) || hasAudience(facts),
  }),
  'resource-not-sent': cause({
    stage: 'resource',
    title: 'The server demands to know the API that the token is for',
    meaning:
      'The request names neither a resource nor an audience, and the server has no default: which of the two parameters it reads, its documentation says.',
    fixes: [
      'Enter the API at Resource (RFC 8707), or at Audience (Auth0, Ory), as the server has it registered.',
    ],
    spec,
    applies: (facts) => !isSent(facts) && !hasAudience(facts),
  }),
  'resource-malformed': cause({
    stage: 'resource',
    title: (facts) =>
      hasFragment(facts) ? 'The resource has a fragment' : 'The resource is no absolute URI',
    meaning: (facts) =>
      hasFragment(facts)
        ? 'The standard forbids a # in a resource: what is behind it is for a reader of a document.'
        : 'The standard demands an absolute URI, such as https://api.example/mcp: with its scheme.',
    fixes: (facts) => [
      ...mended(facts, (value) => withScheme(withoutFragment(value))),
      'Enter the resource as an absolute URI without a fragment (#), as the metadata of the API has it.',
      without,
    ],
    spec,
    applies: isSent,
    sign: (facts) =>
      values(facts).some(malformed)
        ? { found: 'A resource of the request is no absolute URI, or has a fragment.', certainty: 'likely' }
        : null,
  }),
  'resource-permission-missing': cause({
    stage: 'resource',
    title: (facts) =>
      `The client may not have a token for this ${hasAudience(facts) ? 'audience' : 'resource'}`,
    meaning: (facts) =>
      hasAudience(facts)
        ? `The client is not allowed the audience “${quoted(facts.config.audience)}”. The whole value is compared, with regard to case.`
        : `The server knows the resource, and the client is not allowed ${asked(facts)}.`,
    fixes: (facts) =>
      hasAudience(facts)
        ? [`Allow the client the audience “${quoted(facts.config.audience)}” at the server.`, withoutAudience]
        : ['Allow the client this resource at the server.', without],
    spec,
    applies: (facts) => isSent(facts) || hasAudience(facts),
  }),
  'resource-single': cause({
    stage: 'resource',
    title: 'The server accepts one resource at a time',
    meaning: (facts) =>
      `The request asks for ${values(facts).length} resources. A server may give a token for one only.`,
    fixes: (facts) => [
      ...values(facts)
        .slice(0, 2)
        .map((one) => ({ text: `Ask for ${quoted(one)} alone`, change: { resource: [one] } })),
      'Ask for a token for each resource.',
    ],
    spec,
    applies: (facts) => values(facts).length > 1,
    sign: (facts) =>
      values(facts).length > 1
        ? { found: 'The request has more than one resource.', certainty: 'possible' }
        : null,
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
    fixes: [withoutAudience, 'Ask for the API by resource or by scope in its place, if the server has them.'],
    spec: [rfc(6749, '4.4.2'), rfc(8707, '2')],
    applies: ({ config: { audience } }) => audience !== '',
    sign: ({ config: { audience } }) =>
      audience === '' ? null : { found: 'The request has an audience.', certainty: 'possible' },
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
