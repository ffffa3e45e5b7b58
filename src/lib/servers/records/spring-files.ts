import type { Source, Step } from '../../explanation/server-record.ts'
import { springCorsBean } from '../frameworks/spring.ts'

/** A page of Spring Authorization Server’s reference. */
export const springDocs = (label: string, page: string): Source => ({
  label: `Spring Authorization Server: ${label}`,
  href: `https://docs.spring.io/spring-authorization-server/reference/${page}`,
})

/** A class of its own file, in the package of the application. */
const java = (name: string, text: string, body: string): Step => ({
  text,
  language: 'Java',
  file: `src/main/java/demo/${name}.java`,
  code: `package demo;\n\n${body}`,
})

/** CORS for the pages of an origin, at every endpoint. */
export const corsBean = (origin: string): Step =>
  java(
    'Cors',
    'One bean is enough: both chains of Spring Boot find it. Do not write a SecurityFilterChain for it, as then Boot leaves its own ones out, and the server has no token endpoint any more. If your chains name a configurationSource each, both need it: the first responds to the POST, the second to OPTIONS. Then start the server again.',
    `import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@Configuration
public class Cors {
${springCorsBean(origin).replace(/^/gm, '  ')}
}`,
  )

/** A token that names an API, and is what RFC 9068 calls a JWT access token. @see RFC 9068 section 2 */
export const tokenClaims = (api: string): Step => ({
  ...java(
    'TokenClaims',
    'aud is the client ID; resource and audience are ignored, and no setting names an API. A customizer does, here with all that RFC 9068 asks for.',
    `import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

@Configuration
public class TokenClaims {
  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> customizeToken() {
    return context -> {
      if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) return;
      context.getJwsHeader().type("at+jwt");
      context.getClaims()
          .audience(List.of(${JSON.stringify(api)}))
          .claim("client_id", context.getRegisteredClient().getClientId());
    };
  }
}`,
  ),
  source: springDocs('customize the JWT', 'core-model-components.html#oauth2TokenCustomizer'),
})

/** What Maven makes an authorization server of. */
export const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.0.7</version>
  </parent>
  <groupId>demo</groupId>
  <artifactId>authorization-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-security-oauth2-authorization-server</artifactId>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>`

/** The application, which has nothing of its own. */
export const application = java(
  'Server',
  'The application itself:',
  `import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Server {
  public static void main(String[] args) {
    SpringApplication.run(Server.class, args);
  }
}`,
)
