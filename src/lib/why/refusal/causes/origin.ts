import type { Fix } from '../../../explanation/explanation.ts'
import { fetchStandard } from '../../../spec.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

const spec = [fetchStandard('http-cors-protocol')]

const allow: Fix = {
  text: 'Let the server allow this page’s origin (CORS: in ASP.NET Core AddCors and UseCors with WithOrigins):',
  guide: 'origin',
}

/** For a server that needs no change. */
const throughRelay = ({ sent: { url } }: Facts): Fix => ({
  text: 'Or ask through the relay of npm start, which is no browser and needs no CORS.',
  relay: url.origin,
})

const inBody: Fix = {
  text: 'Send the credentials in the body (client_secret_post): the browser then asks nothing first',
  change: { token_endpoint_auth_method: 'client_secret_post' },
}

/** A request that needs no preflight, if all that asks for one is the Basic header. */
const withoutPreflight = ({ endpoint, sent: { places, proof } }: Facts): readonly Fix[] =>
  endpoint !== 'api' && places.includes('header') && proof === null ? [inBody] : []

/** Whether a page at this origin may read what the server says. */
export const origin = {
  'cors-off': cause({
    stage: 'origin',
    apiStage: 'preflight',
    title: 'CORS is off at this server',
    meaning: 'The server says of no origin that its pages may read the responses.',
    fixes: (facts) => [allow, ...withoutPreflight(facts), throughRelay(facts)],
    spec,
  }),
  'cors-origin-not-listed': cause({
    stage: 'preflight',
    title: 'CORS is on, and this origin is not among those allowed',
    meaning:
      'Origins are compared to the letter: scheme, host and port, without a slash at the end. localhost and 127.0.0.1 are two origins.',
    fixes: (facts) => [
      'Add this page’s origin to those that the server allows (WithOrigins in ASP.NET Core), without a slash at its end.',
      allow,
      throughRelay(facts),
    ],
    spec,
  }),
  'cors-origin-refused': cause({
    stage: 'origin',
    title: 'The server does not let this page read its responses',
    meaning: 'CORS is off there, or this origin is not among those allowed: a page cannot tell which.',
    fixes: (facts) => [allow, ...withoutPreflight(facts), throughRelay(facts)],
    spec,
  }),
  'cors-after-authentication': cause({
    stage: 'preflight',
    title: 'CORS comes too late at the server: after authentication',
    meaning:
      'In ASP.NET Core, UseCors after UseAuthentication adds its headers to nothing that authentication responds to itself: preflights, refusals, metadata and keys lack them, and only a token is readable.',
    fixes: (facts) => [
      'Call app.UseCors() before app.UseAuthentication().',
      ...withoutPreflight(facts),
      throughRelay(facts),
    ],
    spec: [fetchStandard('cors-preflight-fetch'), ...spec],
  }),
  'cors-headers-not-allowed': cause({
    stage: 'preflight',
    title: 'CORS allows the origin, but not a header field of this request',
    meaning:
      'A page may send Authorization or DPoP only if the response to the preflight names it in Access-Control-Allow-Headers.',
    fixes: (facts) => [
      'Allow the header fields authorization and dpop: WithHeaders or AllowAnyHeader in ASP.NET Core, Access-Control-Allow-Headers elsewhere.',
      ...withoutPreflight(facts),
      throughRelay(facts),
    ],
    spec: [fetchStandard('cors-preflight-fetch')],
  }),
  'cors-request-refused': cause({
    stage: 'origin',
    title: 'CORS is on, and does not allow this request',
    meaning:
      'A CORS filter refused the request itself, and nothing was processed: the origin, the method or a header field of it is not among those allowed.',
    fixes: (facts) => [
      'Allow this page’s origin, the method POST and the header fields of the request at the server: in Spring addAllowedOrigin, addAllowedMethod and addAllowedHeader of CorsConfiguration.',
      throughRelay(facts),
    ],
    spec,
  }),
  'introspection-without-cors': cause({
    stage: 'preflight',
    title: 'CORS of this server covers the token endpoint, but not introspection',
    meaning: 'The server adds its CORS headers at some paths only, and this one is not among them.',
    fixes: (facts) => [allow, throughRelay(facts)],
    spec,
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
