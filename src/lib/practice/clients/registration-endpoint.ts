import { essence } from '../../http/preflight.ts'
import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { readClientMetadata } from './client-metadata.ts'
import { maxRegistered } from './client-registry.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { isObject, parseJson, type JsonObject } from '../base/json-object.ts'
import { registrationError } from './registration-error.ts'
import { noStore } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

const isJson: Rule = { what: 'Body is a JSON object as application/json', spec: rfc(7591, '3.1') }
const registered: Rule = { what: 'A client is registered', spec: rfc(7591, '3.2.1') }

/** Characters. */
const maxBody = 64 * 1024

/** Open registration, for clients with keys of their own. @see RFC 7591 section 3 */
export const registrationEndpoint: Endpoint = {
  path: '/register',
  method: 'POST',
  rule: { what: 'POST to the client registration endpoint', spec: rfc(7591, '3.1') },
  answer: async (request, { checks, clients, now }) => {
    const metadata = await readClientMetadata(await readMetadataBody(request, checks), checks)
    const registration = clients.register(metadata, Math.floor(now() / 1000))
    if (!registration) {
      const found = `${maxRegistered} clients are registered, which is the most; a reload of the page forgets them`
      throw registrationError('invalid_client_metadata', registered, found)
    }
    checks.pass(registered, registration.client_id)
    return json(201, { ...registration, ...metadata.members }, noStore)
  },
}

/** The JSON object that a client sends to be registered. Throws an RFC 7591 error. @see RFC 7591 section 3.1 */
export async function readMetadataBody(request: Request, checks: CheckLog): Promise<JsonObject> {
  const contentType = request.headers.get('content-type')
  if (contentType === null || essence(contentType) !== 'application/json') {
    const found = contentType === null ? 'there is none' : `it is ${quote(contentType)}`
    throw registrationError(
      'invalid_client_metadata',
      isJson,
      `Content-Type must be application/json: ${found}`,
    )
  }
  const text = await request.text()
  const body = text.length <= maxBody ? parseJson(text) : undefined
  if (!isObject(body)) {
    const found =
      text.length > maxBody ? `has ${text.length} characters; ${maxBody} is the most` : 'is not a JSON object'
    throw registrationError('invalid_client_metadata', isJson, `The body ${found}`)
  }
  const count = Object.keys(body).length
  checks.pass(isJson, `${count} ${count === 1 ? 'member' : 'members'}`)
  return body
}
