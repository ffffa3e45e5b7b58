import { processClientCredentialsResponse } from 'oauth4webapi'
import type { HttpResponse } from '../../http/message.ts'
import { verdictOf, type StrictVerdict } from './strict-verdict.ts'

/**
 * How a client that follows the standard to the letter takes a token response. Without discovery there is no issuer to
 * hold an ID token against, and this grant has none, so that member is left out of the judgement.
 * @see RFC 6749 sections 5.1 and 5.2
 */
export function judgeTokenResponse(recorded: HttpResponse, clientId: string): Promise<StrictVerdict> {
  const as = { issuer: 'https://unused.invalid' }
  const client = { client_id: clientId || 'unused' }
  return verdictOf({ ...recorded, body: withoutIdToken(recorded.body) }, (response) =>
    processClientCredentialsResponse(as, client, response),
  )
}

function withoutIdToken(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body)
  if (!text.includes('"id_token"')) return body
  try {
    const members: unknown = JSON.parse(text, (name, value: unknown) =>
      name === 'id_token' ? undefined : value,
    )
    return new TextEncoder().encode(JSON.stringify(members))
  } catch {
    // SyntaxError: not JSON, and judged as that
    return body
  }
}
