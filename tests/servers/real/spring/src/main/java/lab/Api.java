package lab;

import static org.springframework.security.oauth2.jwt.JwtValidators.createDefaultWithValidators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An API with one filter chain for each first path segment; each checks the token in its own way. */
@Configuration(proxyBeanMethods = false)
@Profile("api")
class Api {
  private static final String ISSUER = AuthorizationServer.ISSUER;
  private static final String KEYS = ISSUER + "/oauth2/jwks";
  private final Environment env;

  Api(Environment env) {
    this.env = env;
  }

  private interface Setting {
    void apply(HttpSecurity http) throws Exception;
  }

  private SecurityFilterChain chain(HttpSecurity http, String name, List<String> exposed, Setting setting) throws Exception {
    http.securityMatcher("/" + name + "/**");
    if (exposed != null && !"none".equals(env.getProperty("lab.cors"))) {
      http.cors(c -> c.configurationSource(Application.cors(env, exposed)));
    }
    setting.apply(http);
    return http.build();
  }

  private static Setting jwt(NimbusJwtDecoder decoder, OAuth2TokenValidator<Jwt> validator) {
    decoder.setJwtValidator(validator);
    return http -> {
      http.authorizeHttpRequests(a -> a.anyRequest().authenticated());
      http.oauth2ResourceServer(server -> server.jwt(j -> j.decoder(decoder)));
    };
  }

  private static NimbusJwtDecoder decoder() {
    return NimbusJwtDecoder.withJwkSetUri(KEYS).build();
  }

  private static OAuth2TokenValidator<Jwt> issuer() {
    return JwtValidators.createDefaultWithIssuer(ISSUER);
  }

  private static final List<String> CHALLENGE = List.of("WWW-Authenticate");

  @Bean
  @Order(1)
  SecurityFilterChain jwt(HttpSecurity http) throws Exception {
    return chain(http, "jwt", CHALLENGE, jwt(decoder(), issuer()));
  }

  @Bean
  @Order(2)
  SecurityFilterChain audience(HttpSecurity http) throws Exception {
    return chain(http, "audience", CHALLENGE, jwt(decoder(),
        createDefaultWithValidators(new JwtIssuerValidator(ISSUER), new JwtAudienceValidator("https://api.example"))));
  }

  @Bean
  @Order(3)
  SecurityFilterChain atJwt(HttpSecurity http) throws Exception {
    return chain(http, "at-jwt", CHALLENGE, jwt(NimbusJwtDecoder.withJwkSetUri(KEYS).validateType(false).build(),
        JwtValidators.createAtJwtValidator().issuer(ISSUER).audience("https://api.example").clientId("at-jwt").build()));
  }

  @Bean
  @Order(4)
  SecurityFilterChain es256(HttpSecurity http) throws Exception {
    return chain(http, "es256", CHALLENGE, jwt(NimbusJwtDecoder.withJwkSetUri(KEYS).jwsAlgorithm(SignatureAlgorithm.ES256).build(), issuer()));
  }

  @Bean
  @Order(5)
  SecurityFilterChain scope(HttpSecurity http) throws Exception {
    return chain(http, "scope", CHALLENGE, authority("SCOPE_write"));
  }

  @Bean
  @Order(6)
  SecurityFilterChain role(HttpSecurity http) throws Exception {
    return chain(http, "role", CHALLENGE, authority("ROLE_ADMIN"));
  }

  private static Setting authority(String authority) {
    NimbusJwtDecoder decoder = decoder();
    decoder.setJwtValidator(issuer());
    return http -> {
      http.authorizeHttpRequests(a -> a.anyRequest().hasAuthority(authority));
      http.oauth2ResourceServer(server -> server.jwt(j -> j.decoder(decoder)));
    };
  }

  @Bean
  @Order(7)
  SecurityFilterChain opaque(HttpSecurity http) throws Exception {
    return chain(http, "opaque", CHALLENGE, opaque("api-secret"));
  }

  @Bean
  @Order(8)
  SecurityFilterChain opaqueWrong(HttpSecurity http) throws Exception {
    return chain(http, "opaque-wrong", CHALLENGE, opaque("wrong"));
  }

  private static Setting opaque(String secret) {
    return http -> {
      http.authorizeHttpRequests(a -> a.anyRequest().authenticated());
      http.oauth2ResourceServer(server -> server.opaqueToken(t -> t.introspector(
          SpringOpaqueTokenIntrospector.withIntrospectionUri(ISSUER + "/oauth2/introspect").clientId("api").clientSecret(secret).build())));
    };
  }

  @Bean
  @Order(9)
  SecurityFilterChain keysDown(HttpSecurity http) throws Exception {
    return chain(http, "keys-down", CHALLENGE, jwt(NimbusJwtDecoder.withJwkSetUri("http://localhost:9/jwks").build(), issuer()));
  }

  @Bean
  @Order(10)
  SecurityFilterChain noCors(HttpSecurity http) throws Exception {
    return chain(http, "no-cors", null, jwt(decoder(), issuer()));
  }

  @Bean
  @Order(11)
  SecurityFilterChain hidden(HttpSecurity http) throws Exception {
    return chain(http, "hidden", List.of(), jwt(decoder(), issuer()));
  }

  @Bean
  @Order(12)
  SecurityFilterChain login(HttpSecurity http) throws Exception {
    return chain(http, "login-page", CHALLENGE, h -> h.authorizeHttpRequests(a -> a.anyRequest().authenticated()).formLogin(Customizer.withDefaults()));
  }

  @RestController
  @Profile("api")
  static class Echo {
    @RequestMapping("/{chain}/{path}")
    Map<String, Object> echo(@PathVariable String chain, @PathVariable String path, Authentication who) {
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("path", "/" + chain + "/" + path);
      if (who != null) {
        response.put("name", who.getName());
        response.put("authorities", who.getAuthorities().stream().map(Object::toString).toList());
      }
      return response;
    }
  }
}
