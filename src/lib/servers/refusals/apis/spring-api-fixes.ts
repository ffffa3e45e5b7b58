import { quoted } from '../../../text/quoted.ts'
import { isOfSecret } from '../../../why/refusal/api-causes/seen-token.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { claim, headerOf } from '../../../why/refusal/facts/sent.ts'
import type { RefusalRecord } from '../../../why/refusal/record.ts'

const settings = 'spring.security.oauth2.resourceserver'

const alg = ({ sent }: Facts): string => quoted(headerOf(sent.token, 'alg') ?? 'RS256')

const issuer = ({ sent }: Facts): string => quoted(claim(sent.token, 'iss') ?? 'https://…')

/** Which typ the API wants is in its words, which typ the token has in its header. */
function acceptTyp({ sent, came }: Facts): readonly string[] {
  const isAccessToken = /^(application\/)?at\+jwt$/i.test(headerOf(sent.token, 'typ') ?? '')
  if (isAccessToken)
    return [
      'In Java: validateType(false) on the builder of NimbusJwtDecoder, and setJwtValidator(JwtValidators.createAtJwtValidator()…build()), which looks at the typ at+jwt then. Never the first alone.',
    ]
  return /at\+jwt/.test(came.words)
    ? [
        'Let the authorization server write typ at+jwt (at Spring, in an OAuth2TokenCustomizer<JwtEncodingContext>), or validate without createAtJwtValidator() at the API.',
      ]
    : ['Let the authorization server write typ JWT, or no typ at all.']
}

const authority = (): readonly string[] => [
  'Compare what the path wants with the authorities of the token: a scope write is hasAuthority("SCOPE_write") or hasScope("write"), and hasRole("ADMIN") wants ROLE_ADMIN, which no scope becomes by itself.',
  'To read roles from a claim, give the API a JwtAuthenticationConverter.',
]

/** How the authorization server of Spring names an API in its tokens. */
export const springAudience = [
  'At Spring’s authorization server, an OAuth2TokenCustomizer<JwtEncodingContext> sets aud. Without one, resource and audience of the request change nothing.',
] as const

const reach = `Open what the API asks itself, from its machine: ${settings}.jwt.issuer-uri (the issuer to the letter, with or without its slash), jwt.jwk-set-uri for the keys, or opaquetoken.introspection-uri, with the credentials of the API itself.`

/** In Java or in application.properties of the API. */
export const springApiFixes: NonNullable<RefusalRecord['fixes']> = {
  'token-reference': () => [
    `Let the API introspect: http.oauth2ResourceServer(server -> server.opaqueToken(…)) with ${settings}.opaquetoken.introspection-uri, in the place of jwt().`,
    'Or let the authorization server issue JWTs (at Spring: accessTokenFormat SELF_CONTAINED).',
  ],
  'typ-not-valid': acceptTyp,
  'algorithm-other': (facts) => [
    isOfSecret(facts)
      ? `If the API shall accept it: NimbusJwtDecoder.withSecretKey(…).macAlgorithm(MacAlgorithm.${alg(facts)}).`
      : `In application.properties: ${settings}.jwt.jws-algorithms=${alg(facts)}, or in Java jwsAlgorithm(SignatureAlgorithm.${alg(facts)}). It is RS256 unless told.`,
  ],
  'key-unknown': () => [
    `In application.properties: ${settings}.jwt.jwk-set-uri has to be the jwks_uri of the token’s issuer. Spring’s own authorization server makes another key at each start, unless told.`,
  ],
  'issuer-other': (facts) => [
    `In application.properties, if this is the right issuer: ${settings}.jwt.issuer-uri=${issuer(facts)}, to the letter.`,
  ],
  'audience-other': () => [
    `In application.properties: ${settings}.jwt.audiences=… with a value that aud of its tokens has.`,
  ],
  'audience-missing': () => springAudience,
  'csrf-protection': () => [
    'In Java, in the SecurityFilterChain of the API: http.csrf(csrf -> csrf.disable()), or csrf.ignoringRequestMatchers("/…"). Spring exempts requests with a Bearer token by itself, and those with DPoP not.',
  ],
  'credentials-lost': () => [
    'Read the API’s log at the time of this call: if it has an exception, the token arrived, and the API could not get keys or metadata.',
    reach,
  ],
  'metadata-not-fetched': () => ['Read the API’s log at the time of this call: it has the exception.', reach],
  exception: () => [reach],
  'scope-insufficient': authority,
  'role-missing': authority,
  'login-page': () => [
    'Let the SecurityFilterChain of this path have http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())): formLogin() alone knows no tokens.',
  ],
  'cors-refused': () => [
    'In Java, in the CorsConfigurationSource of the API: setAllowedOrigins, setAllowedMethods (GET and HEAD unless told) and setAllowedHeaders (authorization, dpop, content-type).',
  ],
}
