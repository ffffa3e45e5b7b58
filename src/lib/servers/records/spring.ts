import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const docs = (label: string, page: string): Source => ({
  label: `Spring Authorization Server: ${label}`,
  href: `https://docs.spring.io/spring-authorization-server/reference/${page}`,
})

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'A library, since version 7 a part of Spring Security. The application around it must switch CORS on in the filter chain of the protocol endpoints.',
  labels: { base: 'Issuer' },
  cors: ({ origin }) => [
    {
      text: 'Let the filter chain of the authorization server take part in CORS:',
      language: 'Java',
      code: 'return http.cors(Customizer.withDefaults()).build();',
    },
    {
      text: 'And say who may:',
      language: 'Java',
      code: `@Bean
CorsConfigurationSource corsConfigurationSource() {
  CorsConfiguration config = new CorsConfiguration();
  config.addAllowedOrigin("${origin}");
  config.addAllowedHeader("*");
  config.addAllowedMethod("*");
  config.addExposedHeader("WWW-Authenticate");
  UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
  source.registerCorsConfiguration("/**", config);
  return source;
}`,
    },
  ],
  client: () => [
    {
      text: 'In application.yml; {noop} says that the secret is not hashed.',
      language: 'YAML',
      code: `server:
  port: 9000
spring:
  security:
    oauth2:
      authorizationserver:
        client:
          m2m:
            registration:
              client-id: "m2m"
              client-secret: "{noop}change-me"
              client-authentication-methods:
                - "client_secret_post"
                - "client_secret_basic"
              authorization-grant-types:
                - "client_credentials"
              scopes:
                - "read"`,
      fix: {
        text: 'Use this client',
        change: {
          client_id: 'm2m',
          client_secret: 'change-me',
          scope: 'read',
          token_endpoint_auth_method: 'client_secret_post',
        },
      },
    },
    {
      text: 'The project’s own sample comes with another, for the Basic header only.',
      fix: {
        text: 'Use the sample’s client',
        change: {
          client_id: 'messaging-client',
          client_secret: 'secret',
          scope: 'message.read',
          token_endpoint_auth_method: 'client_secret_basic',
        },
      },
    },
  ],
  start: () => [
    inTerminal(
      `git clone https://github.com/spring-projects/spring-authorization-server
cd spring-authorization-server
./gradlew -b samples/default-authorizationserver/samples-default-authorizationserver.gradle bootRun`,
      'Then http://localhost:9000. The sample has no CORS: add the lines above.',
    ),
  ],
  quirks: [
    {
      text: 'Without CORS in its filter chain, OPTIONS is redirected to the login page: “Redirect is not allowed for a preflight request”.',
      source: {
        label: 'spring-authorization-server #399',
        href: 'https://github.com/spring-projects/spring-authorization-server/issues/399',
      },
      fix: {
        text: 'Send the credentials in the body',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    },
    {
      text: 'A method that is not among the client’s client-authentication-methods is invalid_client.',
      source: docs('registered client', 'core-model-components.html#registered-client'),
    },
  ],
  source: docs('CORS for a single page application', 'guides/how-to-pkce.html'),
}

export const spring: ServerRecord = {
  guide,
  endpoints: {
    jwks_uri: '{base}/oauth2/jwks',
    introspection_endpoint: '{base}/oauth2/introspect',
    revocation_endpoint: '{base}/oauth2/revoke',
  },
  reach: {
    unseen:
      'Spring’s CORS filter refuses a request from an origin that it does not allow, with 403 (Invalid CORS request), and issues nothing. If CORS is off there, a token may have been issued that nobody reads.',
    redirects:
      'Spring sends a POST on to its login page if the application failed inside, most often because the secret is stored without {bcrypt} or {noop} before it; or if the path is no endpoint. The log of the application has the exception.',
  },
}
