import type { Source } from '../../explanation/server-record.ts'
import { type Framework, literal } from './framework.ts'

const docs: Source = {
  label: 'Spring Security: resource server with JWT',
  href: 'https://docs.spring.io/spring-security/reference/servlet/oauth2/resource-server/jwt.html',
}

/** The bean by which Spring responds to preflights and lets an origin read its responses; nothing else is needed for it. */
export const springCorsBean = (origin: string): string => `@Bean
CorsConfigurationSource corsConfigurationSource() {
  CorsConfiguration config = new CorsConfiguration();
  config.addAllowedOrigin(${literal(origin)});
  config.addAllowedHeader("*");
  config.addAllowedMethod("GET");
  config.addAllowedMethod("POST");
  config.addExposedHeader("WWW-Authenticate");
  config.addExposedHeader("DPoP-Nonce");
  UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
  source.registerCorsConfiguration("/**", config);
  return source;
}`

export const spring: Framework = {
  name: 'Spring',
  cors: ({ origin }) => [
    {
      text: 'One bean, in a class with @Configuration; then restart. Without it Spring responds to the preflight with 401 or a redirect to its login. Do not write a SecurityFilterChain for this alone: it replaces those of Spring Boot.',
      language: 'Java',
      code: springCorsBean(origin),
    },
    {
      text: 'A chain that has http.cors(...) with a source of its own does not use the bean: leave that line out, or name the same source in every chain. “Invalid CORS request” (403) means that CORS is on, and that the origin, the method or a header field is not among those allowed.',
    },
  ],
  token: ({ issuer, audience }) => [
    {
      text: 'In application.yml. Without audiences, the API accepts the tokens for every other API of this issuer.',
      language: 'YAML',
      code: `spring:
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: ${literal(issuer)}
          audiences: ${literal(audience)}`,
      source: docs,
    },
    {
      text: 'That decoder accepts typ JWT or none, and refuses at+jwt: “the given typ value needs to be one of [JWT]”. For tokens by RFC 9068, this bean in its place; it demands typ, iss, aud, client_id and jti. Do not switch validateType off without it.',
      language: 'Java',
      code: `@Bean
JwtDecoder jwtDecoder() {
  NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(${literal(issuer)}).validateType(false).build();
  decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
      .issuer(${literal(issuer)})
      .audience(${literal(audience)})
      .validators(v -> v.put("client_id", new JwtClaimValidator<>("client_id", Objects::nonNull)))
      .build());
  return decoder;
}`,
    },
    {
      text: 'A scope read is the authority SCOPE_read: hasAuthority("read") refuses every token, with insufficient_scope.',
    },
  ],
  dpop: [
    {
      text: 'Spring’s protection against CSRF exempts requests with Bearer, and not those with DPoP: a POST with a good proof gets 403, or 401 with a Bearer challenge. An API without cookies needs no such protection.',
      language: 'Java',
      code: `@Bean
SecurityFilterChain apiFilterChain(HttpSecurity http) throws Exception {
  http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
  http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()));
  http.csrf(csrf -> csrf.disable());
  return http.build();
}`,
    },
    {
      text: 'A proof is compared with the URL that the API sees: behind a proxy set server.forward-headers-strategy=framework, so that htu fits.',
    },
  ],
}
