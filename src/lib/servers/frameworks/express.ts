import type { Source } from '../../explanation/server-record.ts'
import { type Framework, literal } from './framework.ts'

const corsPackage: Source = { label: 'cors: README', href: 'https://github.com/expressjs/cors' }
const jose: Source = {
  label: 'jose: jwtVerify',
  href: 'https://github.com/panva/jose/blob/main/docs/jwt/verify/functions/jwtVerify.md',
}

export const express: Framework = {
  name: 'express (Node)',
  cors: ({ origin }) => [
    { text: 'In the folder of the project:', language: 'shell', code: 'npm install cors' },
    {
      text: 'Before every other app.use: a preflight has no token, and whatever checks tokens would refuse it.',
      language: 'JavaScript',
      code: `import cors from 'cors'

app.use(
  cors({
    origin: '${origin}',
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'DPoP'],
    exposedHeaders: ['WWW-Authenticate', 'DPoP-Nonce'],
  }),
)`,
      source: corsPackage,
    },
  ],
  token: ({ issuer, audience }) => [
    {
      text: 'Below it (npm install jose). Without audience and typ, jwtVerify accepts every JWT of the issuer, an ID token too.',
      language: 'JavaScript',
      code: `import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = ${literal(issuer)}
const keys = createRemoteJWKSet(new URL(issuer + '/jwks')) // the jwks_uri of its metadata

app.use(async (req, res, next) => {
  const [, token] = /^Bearer +(\\S+)$/i.exec(req.get('authorization') ?? '') ?? []
  if (!token) return res.status(401).set('WWW-Authenticate', 'Bearer').end()
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience: ${literal(audience)}, typ: 'at+jwt' })
    if (payload.cnf) throw new Error('The token is bound to a key, and came without its proof')
    req.claims = payload
    next()
  } catch {
    res.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"').end()
  }
})`,
      source: jose,
    },
  ],
  dpop: [
    {
      text: 'A CSRF middleware (csurf, lusca, csrf-csrf) before it refuses every POST without a cookie, with 403: add it for the paths with cookies alone.',
    },
    {
      text: 'The htu of a proof has to fit the URL that the API sees: behind a proxy, app.set("trust proxy", 1) makes req.protocol and req.host those of the client.',
    },
  ],
}
