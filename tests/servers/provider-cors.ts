import type { KoaContextWithOIDC } from 'oidc-provider'
import { clients, type RegisteredClient } from './clients.ts'
import { isLoopbackOrigin } from './loopback.ts'

type Next = () => Promise<unknown>

/** Where oidc-provider has its registration endpoint. */
export const registrationPath = '/reg'

/** Lets pages on this machine register a client and read it again: oidc-provider has no CORS there. */
export async function allowRegistration(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  const origin = ctx.get('Origin')
  const concerned = ctx.path === registrationPath || ctx.path.startsWith(`${registrationPath}/`)
  if (concerned) ctx.vary('Origin')
  if (concerned && isLoopbackOrigin(origin)) {
    ctx.set('Access-Control-Allow-Origin', origin)
    ctx.set('Access-Control-Expose-Headers', 'WWW-Authenticate')
    if (ctx.method === 'OPTIONS') {
      ctx.set('Access-Control-Allow-Methods', 'GET, POST')
      ctx.set('Access-Control-Allow-Headers', 'authorization, content-type')
      ctx.status = 204
      return
    }
  }
  await next()
}

/** Removes `DPoP-Nonce` from what pages may read, for the clients that are to show how that is. */
export async function hideNonces(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  await next()
  if (ctx.method !== 'POST' || ctx.path !== '/token') return
  const row = Object.values<RegisteredClient>(clients).find(({ id }) => id === ctx.oidc.client?.clientId)
  if (row?.dpop === 'hidden nonce') ctx.set('Access-Control-Expose-Headers', 'WWW-Authenticate')
}
