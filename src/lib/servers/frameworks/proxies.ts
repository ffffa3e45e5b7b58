import type { Framework, FrameworkForm } from './framework.ts'

const nginxCors = ({ origin, path }: FrameworkForm): string => `location "${path}" {
    if ($request_method = OPTIONS) {
        add_header Access-Control-Allow-Origin "${origin}" always;
        add_header Access-Control-Allow-Methods "GET, POST" always;
        add_header Access-Control-Allow-Headers "Authorization, Content-Type, DPoP" always;
        add_header Vary Origin always;
        return 204;
    }
    proxy_hide_header Access-Control-Allow-Origin;
    add_header Access-Control-Allow-Origin "${origin}" always;
    add_header Access-Control-Expose-Headers "WWW-Authenticate, DPoP-Nonce" always;
    add_header Vary Origin always;

    # auth_request and proxy_pass as they are
}`

const apacheCors = ({ origin, path }: FrameworkForm): string => `RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteRule "^" "-" [R=204,L]

<Location "${path}">
    Header onsuccess unset Access-Control-Allow-Origin
    Header always set Access-Control-Allow-Origin "${origin}"
    Header always set Access-Control-Allow-Methods "GET, POST"
    Header always set Access-Control-Allow-Headers "Authorization, Content-Type, DPoP"
    Header always set Access-Control-Expose-Headers "WWW-Authenticate, DPoP-Nonce"
    Header always merge Vary Origin
</Location>`

export const nginx: Framework = {
  name: 'nginx, in front of it',
  cors: (form) => [
    {
      text: 'In the server block. Without “always” a 401 or 403 has no CORS headers. The preflight has no token, so that it is responded to before auth_request, which would refuse it.',
      language: 'nginx',
      code: nginxCors(form),
      source: {
        label: 'nginx: add_header',
        href: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
      },
    },
    {
      text: 'A redirect to https has no CORS headers: enter the https address here. Pages of nginx’s own (413, 429, 502, 504) have them with these lines.',
    },
  ],
  token: () => [
    {
      text: 'auth_request accepts what its subrequest accepts: the application there has to check iss, aud and typ. nginx hands on the challenge of a 401 by itself; a 403 of the subrequest comes without one.',
      language: 'nginx',
      code: `location = /check-token {
    internal;
    proxy_pass http://127.0.0.1:8000/check-token;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
}`,
    },
  ],
  dpop: [
    {
      text: 'The htu of a proof names the URL that the client called. The application behind has to be told it:',
      language: 'nginx',
      code: `proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-Proto $scheme;`,
    },
  ],
}

export const apache: Framework = {
  name: 'Apache, in front of it',
  cors: (form) => [
    {
      text: 'With mod_headers and mod_rewrite, in the virtual host. Without “always” a 401 or 403 has no CORS headers. The rule responds to a preflight before anything asks it for a token.',
      language: 'Apache',
      code: apacheCors(form),
      source: {
        label: 'Apache: Header',
        href: 'https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header',
      },
    },
  ],
  token: () => [
    {
      text: 'Apache keeps the Authorization header from CGI and WSGI applications, which then see no token at all:',
      language: 'Apache',
      code: `CGIPassAuth On
WSGIPassAuthorization On`,
    },
  ],
  dpop: [
    {
      text: 'The htu of a proof names the URL that the client called. The application behind has to be told it:',
      language: 'Apache',
      code: `ProxyPreserveHost On
RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}`,
    },
  ],
}
