import type { ConfigChange } from '../../../explanation/config-change.ts'
import type { Organisation, ServerGuide, ServerRecord, Source } from '../../../explanation/server-record.ts'
import { sampleApi } from './api.ts'
import { organisationClaim, writeOrganisation } from './organisation.ts'

const sample = (label: string, path: string): Source => ({
  label,
  href: `https://github.com/NorskHelsenett/HelseID.Samples/blob/d9048c8/${path}`,
})

const library = (label: string, path: string): Source => ({
  label,
  href: `https://github.com/NorskHelsenett/HelseID.Library/blob/d458c26/${path}`,
})

const issuer = 'https://helseid-sts.test.nhn.no'

/** The payload members with that organization in their claim. */
const organization = (named: Organisation): ConfigChange => ({
  assertion: { payload: writeOrganisation('', named) },
})

const guide: ServerGuide = {
  browser: 'unknown',
  summary:
    'Norway’s health sector: a JWT signed with a key, and tokens bound by DPoP. This is its test environment, with the client of its client credentials sample.',
  why: 'Nobody has measured whether its token endpoint sends CORS headers. It accepts confidential clients only, and its own sample page gets its tokens through a local proxy, so it probably sends none.',
  labels: { base: 'Issuer' },
  cors: ({ origin }) => [
    {
      text: 'There is nothing to set on your side: HelseID would have to allow this origin.',
      code: origin,
    },
    {
      text: 'The relay of npm start sends for the page and reads everything. This command starts it for HelseID and the Sample API; the page then has one box here for both.',
      code: `npm start -- --relay ${issuer} --relay ${new URL(sampleApi.call.url).origin}`,
      language: 'shell',
    },
    {
      text: 'If no response can be read, copy the request from the Request panel, signed anew, and send it from a terminal within the assertion’s ten seconds. Copy the DPoP-Nonce of the response to the field Nonce, and do it once more.',
    },
  ],
  client: () => [
    {
      text: 'The sample’s key is public, for tests only, and is in its source text: copy the JWK and import it as this client’s key. It signs with RS512 and has no kid.',
      source: sample('ConfigurationValues.cs', 'ClientCredentials/ConfigurationValues.cs'),
      fix: {
        text: 'Use the sample’s client',
        change: {
          client_id: 'helseid-sample-client-credentials-for-multitenant-app',
          scope: 'nhn:test-public-samplecode/client-credentials',
          token_endpoint_auth_method: 'private_key_jwt',
          assertion: {
            aud: 'issuer',
            typ: 'client-authentication+jwt',
            lifetime: 10,
            nbf: true,
            kid: 'key',
          },
          dpop: { on: true },
        },
      },
    },
    {
      text: 'The sample speaks for the parent organization 999977774 and its child 999977776.',
      fix: {
        text: 'Parent and child organization',
        change: organization({ tenancy: 'multi', parent: '999977774', child: '999977776' }),
      },
    },
    {
      text: 'Without a child organization the number ends with a colon.',
      fix: {
        text: 'Parent organization only',
        change: organization({ tenancy: 'multi', parent: '999977774', child: '' }),
      },
    },
    {
      text: 'The samples have a single-tenant client too, with the same key. It names its child organization alone, as a single-tenant client of your own does.',
      source: sample('ConfigurationValues.cs', 'Configuration/ConfigurationValues.cs'),
      fix: {
        text: 'Use the single-tenant client',
        change: {
          client_id: 'helseid-sample-client-credentials-with-underenhet',
          ...organization({ tenancy: 'single', child: '999977776' }),
        },
      },
    },
    {
      text: 'For a single-tenant client of your own:',
      fix: {
        text: 'Child organization only',
        change: organization({ tenancy: 'single', child: '999977776' }),
      },
    },
    {
      text: 'Without any organization the claim is left out.',
      fix: { text: 'No organization', change: { assertion: { payload: '' } } },
    },
  ],
  start: () => [],
  quirks: [
    {
      text: 'aud of the assertion is the issuer, not the token endpoint; typ is client-authentication+jwt.',
      source: library(
        'ClientAssertionPayloadClaimsCreator.cs',
        'HelseId.Library.ClientCredentials/PayloadClaimCreators/ClientAssertionPayloadClaimsCreator.cs',
      ),
      fix: {
        text: 'Name the issuer',
        change: { assertion: { aud: 'issuer', typ: 'client-authentication+jwt' } },
      },
    },
    {
      text: 'The first request is refused with use_dpop_nonce and a DPoP-Nonce; the second, with the nonce in its proof and a new assertion, gets the token. A page can do that only if CORS exposes DPoP-Nonce.',
      source: library('dpop.md', 'Documentation/ClientCredentialsUsage/dpop.md'),
      fix: { text: 'Bind the token to a key', change: { dpop: { on: true } } },
    },
    {
      text: 'Each assertion serves once: HelseID announced that it will refuse a second use of the same jti.',
      source: {
        label: 'DuendeSoftware/foss #323',
        href: 'https://github.com/DuendeSoftware/foss/issues/323',
      },
    },
    {
      text: 'The metadata lists client_secret_basic and client_secret_post, and neither is accepted: private_key_jwt only.',
      source: library('secrets.md', 'Documentation/ClientCredentialsUsage/secrets.md'),
    },
    {
      text: 'A member rejected_scope tells that the represented organization has not signed the terms for a scope.',
      source: library('token_requests.md', 'Documentation/ClientCredentialsUsage/token_requests.md'),
    },
    {
      text: 'The sample API, https://localhost:5081/machine-clients/greetings, has no CORS: a page cannot read its greeting, but through the relay. AddCors with this page’s origin, the headers authorization and dpop, and WWW-Authenticate exposed, with UseCors() before UseAuthentication(), lets a page read it.',
      source: sample('SampleApi/Startup.cs', 'SampleApi/Startup.cs'),
    },
    {
      text: 'The sample API trusts the test environment. For tokens of another server, set the environment variable PrivateHelseIdUrl to its issuer before you start the API; the console sample does not read it.',
      source: sample('SampleApi/Startup.cs', 'SampleApi/Startup.cs'),
    },
  ],
  source: sample('HelseID sample: client credentials', 'ClientCredentials/README.md'),
}

const longestLife = 60

export const helseId: ServerRecord = {
  about:
    'The values of HelseID’s client credentials sample; its key is yours to import. Whether HelseID allows a page is not known.',
  guide,
  beforehand: ({ assertion: { lifetime }, token_endpoint_auth_method: method, dpop }) => [
    ...(method === 'private_key_jwt' && lifetime > longestLife
      ? [
          {
            text: 'HelseID accepts assertions of at most 60 seconds.',
            fix: { text: 'Lifetime: 10 s', change: { assertion: { lifetime: 10 } } },
          },
        ]
      : []),
    ...(method === 'private_key_jwt'
      ? []
      : [
          {
            text: 'HelseID accepts a JWT signed with a key alone, whatever its metadata list.',
            fix: {
              text: 'Use private_key_jwt',
              change: { token_endpoint_auth_method: 'private_key_jwt' as const },
            },
          },
        ]),
    ...(dpop.on
      ? []
      : [
          {
            text: 'HelseID issues tokens that are bound to a key.',
            fix: { text: 'Bind the token to a key (DPoP)', change: { dpop: { on: true } } },
          },
        ]),
  ],
  endpoints: {
    jwks_uri: '{base}/.well-known/openid-configuration/jwks',
    introspection_endpoint: '{base}/connect/introspect',
    revocation_endpoint: '{base}/connect/revocation',
  },
  // Its Sample API is of ASP.NET Core, as it is itself.
  reach: { losesCors: true },
  apis: () => [sampleApi],
  organisation: organisationClaim,
}
