import { generateKey } from '../keys/generate-key.ts'
import { importPrivateKey } from '../keys/import-key.ts'
import { type Key, type KeyAlg, keyAlgs } from '../keys/key.ts'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { isAuthMethod } from '../oauth/config/auth-methods.ts'
import { onlyInForm } from '../explanation/address-form.ts'
import { type ServerId, serversFor } from '../servers/servers.ts'
import type { Subject } from './base/subject.ts'
import type { FileClient, TestFile } from './read-file.ts'

/** A subject, or why the file names none. */
export type SubjectOfFile =
  | { readonly ok: true; readonly subject: Subject }
  | { readonly ok: false; readonly problems: readonly string[] }

/** What is waited between two requests, in milliseconds, if the file does not say. */
const usualPause = 60

/** Makes what is tested of a file: its clients as configurations, and a fresh key for DPoP. Never rejects. */
export async function subjectOfFile(file: TestFile): Promise<SubjectOfFile> {
  const { assertion, api, pause_ms: pause = usualPause } = file
  const imported = assertion ? await importKey(assertion.key, assertion.alg) : null
  if (imported !== null && 'problem' in imported) return { ok: false, problems: [imported.problem] }
  // It can be read, as one row puts it into a proof, and it is thrown away with the test.
  const proofKey = file.dpop ? await generateKey('ES256', { extractable: true }) : null
  const keys = [imported, proofKey].filter((key) => key !== null)
  const configOf = (client: FileClient | undefined) => (client ? configured(file, client) : null)
  const dpop = configOf(file.dpop)
  return {
    ok: true,
    subject: {
      name: file.name ?? file.issuer ?? file.token_endpoint,
      product: productOf(file),
      issuer: file.issuer ?? null,
      introspection_endpoint: file.introspection_endpoint ?? null,
      revocation_endpoint: file.revocation_endpoint ?? null,
      clients: {
        client: configured(file, file.client),
        operations: configOf(file.operations),
        encoding: configOf(file.encoding),
        assertion: assertion && imported ? withAssertion(file, assertion, imported) : null,
        dpop: dpop && proofKey && { ...dpop, dpop: { ...dpop.dpop, on: true, key: proofKey.thumbprint } },
      },
      api: api ? { url: api.url, dpop: api.dpop ?? false, parameters: api.parameters ?? {} } : null,
      throwaway_secret: file.throwaway_secret ?? false,
      pause_ms: pause,
      findKey: (thumbprint) => keys.find((key) => key.thumbprint === thumbprint),
    },
  }
}

/** By its addresses. */
function productOf({ token_endpoint, issuer: discovery = '' }: TestFile): ServerId | null {
  return onlyInForm({ token_endpoint, discovery }, serversFor(''))?.kind ?? null
}

/** Without a method it is the one that a client has by default. @see RFC 7591 section 2 */
function configured({ token_endpoint, issuer = '' }: TestFile, client: FileClient): TokenRequestConfig {
  const { client_id, client_secret = '', scope = '', parameters = {}, basic_encoding = 'form' } = client
  const method = client.token_endpoint_auth_method ?? ''
  return {
    ...emptyConfig,
    issuer,
    token_endpoint,
    client_id,
    client_secret,
    token_endpoint_auth_method: isAuthMethod(method) ? method : 'client_secret_basic',
    basic_encoding,
    scope,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value, on: true })),
  }
}

function withAssertion(
  file: TestFile,
  { client_id, kid, typ, aud, scope = '' }: NonNullable<TestFile['assertion']>,
  { thumbprint }: Key,
): TokenRequestConfig {
  const { assertion, ...config } = configured(file, { client_id, scope })
  return {
    ...config,
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: {
      ...assertion,
      key: thumbprint,
      aud: aud === undefined ? (file.issuer === undefined ? 'token_endpoint' : 'issuer') : 'custom',
      custom_aud: aud ?? '',
      kid: kid === undefined ? 'key' : 'custom',
      custom_kid: kid ?? '',
      // Any text may be tried here, and the empty one leaves it out.
      header: typ === undefined ? '' : JSON.stringify({ typ: typ === '' ? null : typ }),
    },
  }
}

async function importKey(
  jwk: Readonly<Record<string, unknown>>,
  alg: string | undefined,
): Promise<Key | { readonly problem: string }> {
  const wanted: KeyAlg | undefined = keyAlgs.find((one) => one === alg)
  if (alg !== undefined && wanted === undefined)
    return { problem: 'assertion.alg is no algorithm of a key pair.' }
  const named = wanted === undefined ? jwk : { ...jwk, alg: wanted }
  const read = await importPrivateKey(JSON.stringify(named), { alg: wanted ?? null })
  if (read.ok) return read.key
  // Its own words may be about an algorithm to choose, which the file has a member for.
  return {
    problem: 'assertion.key is no private key that can be used; an RSA key needs assertion.alg or alg, too.',
  }
}
