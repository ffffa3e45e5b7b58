import type { Reach } from '../../explanation/reach.ts'
import type { Source, Step } from '../../explanation/server-record.ts'
import { type Framework, literal } from './framework.ts'

export const aspNetCorsSource: Source = {
  label: 'ASP.NET Core: CORS',
  href: 'https://learn.microsoft.com/aspnet/core/security/cors',
}

/** CORS in the code of an ASP.NET Core host, for an origin; `server` is the line that adds the server's own middleware. */
export function aspNetCors(origin: string, server: string): Step {
  return {
    text: 'In Program.cs. The order matters: CORS comes before the server’s own middleware.',
    language: 'C#',
    code: `builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins("${origin}")
    .AllowAnyHeader()
    .AllowAnyMethod()
    .WithExposedHeaders("WWW-Authenticate", "DPoP-Nonce")));

var app = builder.Build();
app.UseCors();
${server}`,
  }
}

/** What holds for every server on ASP.NET Core. */
export const aspNetReach: Reach = {
  trust: 'dotnet dev-certs https --trust',
  losesCors: true,
}

export const aspNet: Framework = {
  name: 'ASP.NET Core',
  cors: ({ origin }) => [
    {
      text: 'In Program.cs. UseCors comes before UseAuthentication: a refusal and a preflight have no CORS headers otherwise. A page reads only the header fields that are exposed.',
      language: 'C#',
      code: `builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins("${origin}")
    .WithHeaders("authorization", "dpop", "content-type")
    .WithMethods("GET", "POST")
    .WithExposedHeaders("WWW-Authenticate", "DPoP-Nonce", "Date")));

app.UseCors();
app.UseAuthentication();
app.UseAuthorization();`,
      source: aspNetCorsSource,
    },
    {
      text: 'An exception loses the CORS headers, so that a page cannot read the 500: look into the log. UseHttpsRedirection redirects without them: call the https address.',
    },
  ],
  token: ({ issuer, audience }) => [
    {
      text: 'In Program.cs. Without Audience, JwtBearer refuses every token; with ValidateAudience off, it accepts those for every other API. Without ValidTypes it accepts every typ, an ID token’s too.',
      language: 'C#',
      code: `builder.Services.AddAuthentication("Bearer").AddJwtBearer(options =>
{
    options.Authority = ${literal(issuer)};
    options.Audience = ${literal(audience)};
    options.TokenValidationParameters.ValidTypes = ["at+jwt"];
});
builder.Services.AddAuthorization();`,
    },
    {
      text: 'Keycloak writes typ JWT, and Spring none: with ValidTypes, JwtBearer refuses such a token with a bare invalid_token. List the word that your server writes, or leave the line out.',
    },
  ],
  dpop: [
    {
      text: 'JwtBearer reads the scheme Bearer alone; the package Duende.AspNetCore.Authentication.JwtBearer adds DPoP. A token that is bound to a key passes as Bearer, unless the API refuses it, in the same block:',
      language: 'C#',
      code: `options.Events = new JwtBearerEvents
{
    OnTokenValidated = context =>
    {
        if (context.Principal!.HasClaim(claim => claim.Type == "cnf")) context.Fail("DPoP-bound token without a proof");
        return Task.CompletedTask;
    },
};`,
    },
    {
      text: 'A POST needs no antiforgery token unless the application asks for one: minimal APIs do so for [FromForm] parameters (DisableAntiforgery), MVC with AutoValidateAntiforgeryToken (IgnoreAntiforgeryToken).',
    },
  ],
}
