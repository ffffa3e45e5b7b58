import type { Reach, Source, Step } from '../../explanation/server-record.ts'

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

/** CORS in the code of an API: a page needs the challenge, the nonce and the clock besides the body. */
export const aspNetApiCors = (origin: string): Step => ({
  text: 'In Program.cs of the API. UseCors comes before UseAuthentication: a refusal and a preflight have no CORS headers otherwise. A page reads only the header fields that are exposed.',
  language: 'C#',
  code: `builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins("${origin}")
    .WithHeaders("authorization", "dpop", "content-type")
    .WithMethods("GET", "POST")
    .WithExposedHeaders("WWW-Authenticate", "DPoP-Nonce", "Date")));

app.UseCors();
app.UseAuthentication();
app.UseAuthorization();`,
})
