import type Provider from 'oidc-provider'
import type { Configuration } from 'oidc-provider'

/** What oidc-provider prints on a Node or in a setting that it would not run on in production. */
const chatter = [
  'Unsupported runtime. Use Node.js v22.x LTS',
  'a quick start development-only in-memory adapter is used',
]

// Evaluated with the module: a script's dynamic imports cannot happen later (see scripts/run.mjs).
const library = await quietly(() => import('oidc-provider'))

export const { errors } = library

/** oidc-provider (a certified implementation), which prints what goes wrong in it and none of its known notices. */
export async function createProvider(issuer: string, configuration: Configuration): Promise<Provider> {
  const provider = await quietly(() => new library.default(issuer, configuration))
  provider.on('server_error', (_ctx, error) => {
    console.error(error)
  })
  return provider
}

/** Runs something of oidc-provider without its known notices; whatever else it says is still printed. */
async function quietly<T>(run: () => T | Promise<T>): Promise<T> {
  const { warn } = console
  console.warn = (...message: unknown[]) => {
    if (!chatter.some((known) => String(message[0]).includes(known))) warn(...message)
  }
  try {
    return await run()
  } finally {
    console.warn = warn
  }
}
