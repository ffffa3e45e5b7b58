import type { Fix } from '../../../explanation/explanation.ts'
import { headerValue } from '../../../http/message.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { wantedSchemes } from './seen-token.ts'

/** Which header field it is that an API looks at, by its words or by whose they are; the first that fits. */
const fields: readonly ((facts: Facts) => string | undefined)[] = [
  // A validator names the field.
  ({ came: { faults } }) => faults.find(({ place, type }) => place === 'header' && type === 'missing')?.field,
  // Azure API Management, unless its operator chose another name
  ({ came: { words } }) => (/subscription[ -]?key/i.test(words) ? 'Ocp-Apim-Subscription-Key' : undefined),
  ({ came: { words } }) =>
    /\b(x-[a-z][\w-]*)/i.exec(words)?.[1] ?? /\brequest\.header\.([\w-]+)/i.exec(words)?.[1],
  // Amazon API Gateway
  ({ came: { response } }) =>
    headerValue(response.headers, 'x-amzn-errortype') === null ? undefined : 'X-Api-Key',
  // Google
  ({ came: { words } }) => (/please pass a valid api key/i.test(words) ? 'X-Goog-Api-Key' : undefined),
  // Kong, and Supabase with it
  ({ came: { words } }) =>
    /no api key found in request|`apikey`|`anon` or `service_role`/i.test(words) ? 'apikey' : undefined,
  // IBM API Connect
  ({ came: { words, response } }) =>
    /client id/i.test(words) && /"moreInformation"/.test(new TextDecoder().decode(response.body))
      ? 'X-IBM-Client-Id'
      : undefined,
]

/** The header field that the API looks at; empty if nothing names it. */
const wanted = (facts: Facts): string => fields.map((field) => field(facts)).find((name) => name) ?? ''

const addField = (name: string): Fix => ({
  text: `Add the header field ${quoted(name)} to the call, and enter there what the API’s documentation says`,
  header: name,
})

const spec = [rfc(9110, '11.6.1'), rfc(6750, '2.1')]

/** What an API looks at in another header field than Authorization. */
export const apiKeys = {
  'header-other': cause({
    stage: 'header',
    title: (facts) =>
      wanted(facts) === ''
        ? 'The API looks for a key in another header than Authorization'
        : `The API looks for a key in the header ${quoted(wanted(facts))}`,
    meaning: (facts) =>
      wanted(facts) === '' && wantedSchemes(facts).includes('apikey')
        ? 'Its challenge is APIKey, which FastAPI says of a header field with a name of the API’s own (APIKeyHeader).'
        : 'The token is not what is refused: the API, or the gateway before it, looks for a key in another header field first.',
    fixes: (facts) => [
      wanted(facts) === ''
        ? 'Look in the API’s documentation for the name of the header and the key that belongs there; send it as an additional header field.'
        : addField(wanted(facts)),
    ],
    spec,
  }),
  'api-key-wrong': cause({
    stage: 'header',
    title: 'The API does not accept the API key',
    meaning: (facts) =>
      `The token is not what is refused: the API, or the gateway before it, looks at a key of its own${wanted(facts) === '' ? '' : ` in the header ${quoted(wanted(facts))}`}, which is not valid, or not for this API.`,
    fixes: (facts) => [
      'Compare the key that is sent with the one that the provider of the API gave out, and with what that key is good for.',
      ...(wanted(facts) === '' ? [] : [addField(wanted(facts))]),
    ],
    spec,
  }),
  'api-not-open': cause({
    stage: 'role',
    title: 'The API is not open to this client: it is turned off, or nobody subscribed to it',
    meaning:
      'The gateway knows the client, and nothing connects it with this API: a subscription, a product, or the API itself is missing or turned off in the account.',
    fixes: [
      'Turn the API on, or subscribe this client (application, project) to it, in the console of the provider.',
      'Get a new token afterwards, and call again: some gateways read the subscription from the token.',
    ],
    spec: [rfc(9110, '15.5.4')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
