// Makes the clients at Hydra's administration port.
import { readFileSync } from 'node:fs'

const base = {
  grant_types: ['client_credentials'],
  scope: 'read write',
  client_secret: 'change-me',
  token_endpoint_auth_method: 'client_secret_post',
}
const audience = ['https://api.example']
const clients = [
  { client_id: 'basic', token_endpoint_auth_method: undefined },
  { client_id: 'post' },
  { client_id: 'jwt', access_token_strategy: 'jwt', audience },
  { client_id: 'audience', audience },
  { client_id: 'special', token_endpoint_auth_method: 'client_secret_basic', client_secret: 'a%b+c:d é' },
  {
    client_id: 'signed-jwt',
    token_endpoint_auth_method: 'private_key_jwt',
    client_secret: undefined,
    jwks: JSON.parse(readFileSync(process.env.JWKS, 'utf8')),
  },
  { client_id: 'public', token_endpoint_auth_method: 'none', client_secret: undefined },
  {
    client_id: 'no-grant',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: ['http://localhost:3000/cb'],
  },
  { client_id: 'wildcard', scope: 'api:*' },
  { client_id: 'short', client_credentials_grant_access_token_lifespan: '3s' },
  { client_id: 'own-origin', allowed_cors_origins: [process.env.ORIGIN] },
]
for (const client of clients) {
  const response = await fetch('http://localhost:4445/admin/clients', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...base, ...client }),
  })
  if (!response.ok) {
    console.error(client.client_id, response.status, await response.text())
    process.exitCode = 1
  }
}
