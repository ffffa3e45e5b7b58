import { startSite, startStaticSite } from '../../scripts/site.ts'
import { startLocalServers } from '../servers/local-servers.ts'

/** Starts what every test uses, each on a free port, and passes their addresses to the workers in environment variables. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const servers = await startLocalServers()
  const { authorizationServer, api } = servers
  const site = await (process.env['TEST_WORKER'] === undefined
    ? startSite(0, { authorizationServer: authorizationServer.issuer, api: api.origin })
    : startStaticSite())
  process.env['TEST_SITE'] = site.origin
  process.env['TEST_AUTHORIZATION_SERVER'] = authorizationServer.issuer
  process.env['TEST_PRIVATE_JWKS'] = JSON.stringify(authorizationServer.privateJwks)
  process.env['TEST_API'] = api.origin
  return async () => {
    await Promise.all([site.close(), servers.close()])
  }
}
