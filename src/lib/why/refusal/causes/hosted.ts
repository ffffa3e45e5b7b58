import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'
import { readsAssertion } from './assertion-facts.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether what was sent as the secret has the form of an ID. */
export const hasIdAsSecret = ({ config: { client_secret }, sent: { places } }: Facts): boolean =>
  (places.includes('header') || places.includes('body')) && guid.test(client_secret.trim())

const ofUsers = /^(openid|profile|email|offline_access)$/

/** The scope of the API itself: its resource, and `/.default`; empty if nothing was asked for. */
function defaultScope({ config: { scope } }: Facts): string {
  const asked = scope.split(/\s+/).filter((name) => name !== '' && !ofUsers.test(name))
  const whole = asked.find((name) => name.endsWith('/.default'))
  const [first] = asked
  if (whole !== undefined || first === undefined) return whole ?? ''
  if (!/^[a-z][\w+.-]*:/i.test(first)) return 'https://graph.microsoft.com/.default'
  const [resource = ''] = /^[a-z][\w+.-]*:\/\/[^/]+/i.exec(first) ?? [first]
  return `${resource}/.default`
}

/** Whether the scope is another than that of the API itself. */
export const asksOtherThanDefault = (facts: Facts): boolean =>
  facts.config.scope.trim() !== '' && defaultScope(facts) !== facts.config.scope.trim()

function useDefault(facts: Facts): readonly Fix[] {
  const scope = defaultScope(facts)
  return scope === '' ? [] : [{ text: `Ask for ${quoted(scope)}`, change: { scope } }]
}

/** What services with many organisations as customers want of a request, each in words of its own. */
export const hosted = {
  'host-of-organisation': cause({
    stage: 'tenant',
    title: 'The request has to go to the host of the organisation',
    meaning: ({ sent: { url } }) =>
      `${quoted(url.host)} is the host that all organisations share. The server accepts client credentials at the organisation’s own host only.`,
    fixes: [
      'Use the token endpoint at your organisation’s own host (Salesforce: https://NAME.my.salesforce.com/services/oauth2/token, in Setup under My Domain).',
    ],
    spec: [rfc(6749, '3.2')],
  }),
  'run-as-user-missing': cause({
    stage: 'user',
    title: 'The client has no user that it runs as',
    meaning:
      'The server knows the client. With client credentials it acts as one user that its operator names, and none is named, or that one is not enabled.',
    fixes: [
      'Name the user at the server (Salesforce: the app → Policies → Client Credentials Flow → Run As, a user who may use the API).',
    ],
    spec: [rfc(6749, '4.4')],
  }),
  'secret-is-id': cause({
    stage: 'secret',
    title: 'What was sent as the secret is its ID',
    meaning:
      'The server shows an ID and a value of each secret. The ID is a GUID, as what was sent is; the value is another text, and is shown once, when the secret is made.',
    fixes: [
      'Enter the value of the secret, not its ID. If nobody kept it, make a new secret (Entra ID: App registrations → Certificates & secrets, column Value).',
    ],
    spec: [rfc(6749, '2.3.1')],
    applies: hasIdAsSecret,
    sign: (facts) =>
      hasIdAsSecret(facts) && /secret id\b/i.test(facts.came.words)
        ? { found: 'The secret has the form of a GUID.', certainty: 'likely' }
        : null,
  }),
  'scope-not-default': cause({
    stage: 'scope',
    title: 'The scope has to be the API with /.default behind it',
    meaning:
      'With client credentials the server gives a client the rights that an administrator granted it, all of them: the scope names the API, and /.default for these rights. Single ones cannot be asked for.',
    fixes: (facts) => [
      ...useDefault(facts),
      'Let an administrator grant the rights to the client as application permissions (roles).',
    ],
    spec: [rfc(6749, '3.3')],
    applies: asksOtherThanDefault,
  }),
  'assertion-thumbprint-missing': cause({
    stage: 'assertion',
    title: 'The assertion does not name the certificate that it is verified with',
    meaning:
      'The server looks for the client’s certificate by its thumbprint in the header of the assertion (x5t or x5t#S256), and there is none.',
    fixes: ({ config }) => [
      ...(config.assertion.x5t
        ? []
        : [
            {
              text: 'Send the thumbprint of the certificate (x5t#S256)',
              change: { assertion: { x5t: true } },
            },
          ]),
      'Import the key together with its certificate, and register that certificate for the client at the server.',
    ],
    spec: [rfc(7515, '4.1.8'), rfc(7523, '3')],
    applies: readsAssertion,
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
