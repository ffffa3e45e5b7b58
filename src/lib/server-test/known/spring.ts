import { always, type Deviations, set } from './entry.ts'

const reference = 'https://docs.spring.io/spring-authorization-server/reference/'

const customizer = (says: string) =>
  set(says, 'Spring: OAuth2TokenCustomizer', `${reference}core-model-components.html#oauth2-token-customizer`)

const entryPoint = (says: string) =>
  set(says, 'Spring: defaultAuthenticationEntryPointFor', `${reference}getting-started.html`)

const assertion = (says: string) =>
  set(
    `${says} Add a validator to JwtClientAssertionDecoderFactory, with setJwtValidatorFactory.`,
    'Spring: JWT client assertion validation',
    `${reference}configuration-model.html#configuring-client-authentication-customizing-jwt-client-assertion-validation`,
  )

/** Measured on Spring Authorization Server 7.0.6. */
export const spring: Deviations = {
  challenge: set(
    'Spring Authorization Server sends no challenge (spring-security#18285). Add it in the errorResponseHandler of clientAuthentication.',
    'Spring: configuring client authentication',
    `${reference}configuration-model.html#configuring-client-authentication`,
  ),
  'error-json': entryPoint(
    'Spring Security responds to a request without credentials with an empty 401. Have an entry point that writes the error.',
  ),
  'two-methods': always('Spring Authorization Server reads Basic, and does not look at the body.'),
  get: entryPoint(
    'A GET is no request of the token endpoint, so that Spring Security sends it to the page for users. Have another entry point for requests that are not for a browser.',
  ),
  'metadata-form': set(
    'Spring lists private_key_jwt without its algorithms. Add them in providerConfigurationCustomizer and authorizationServerMetadataCustomizer.',
    'Spring: protocol endpoints',
    `${reference}protocol-endpoints.html#oauth2-authorization-server-metadata-endpoint`,
  ),
  'jwt-profile': customizer('Set typ and client_id in an OAuth2TokenCustomizer.'),
  'jwt-audience': customizer('Spring puts the client into aud. Set aud in an OAuth2TokenCustomizer.'),
  'assertion-aud-two': assertion('Spring accepts a list of audiences if one of them is right.'),
  'assertion-replayed': assertion('Spring does not look at jti.'),
  'assertion-long': assertion('Spring sets no limit to exp.'),
  'dpop-error': always('Spring says invalid_request of two proofs.'),
}
