import type { HttpRequest } from '../http/message.ts'
import { isMasked } from '../http/redact.ts'
import type { StoredConfig } from '../saved/stored-config.ts'
import { fromRequest } from './from-request.ts'

/**
 * The same of a request from a file, in which secrets may be masked: these are not filled in. It names no key of the user.
 * @param written what this page wrote of the configuration that the request was made from; empty if it wrote nothing
 */
export function fromMasked(request: HttpRequest, written: StoredConfig = {}): ReturnType<typeof fromRequest> {
  const isHidden = ([name, value]: readonly [string, string]) =>
    /^(?:authorization|dpop)$/i.test(name) && isMasked(value)
  const hidden = request.headers.filter(isHidden)
  const { proposal, ignored } = fromRequest({
    ...request,
    headers: request.headers.filter((field) => !isHidden(field)),
  })
  if (proposal.kind !== 'connection') return { proposal, ignored }
  const isBasic = hidden.some(([, value]) => /^basic /i.test(value))
  const isAssertion = isMasked(new URLSearchParams(request.body ?? '').get('client_assertion') ?? '')
  const config = {
    ...written,
    ...proposal.config,
    ...(isAssertion && authenticationOf(written)),
    ...(isBasic && { token_endpoint_auth_method: 'client_secret_basic' as const }),
    ...(hidden.some(([name]) => /^dpop$/i.test(name)) && { dpop: { ...written.dpop, on: true } }),
  }
  const { assertion, dpop } = config
  return {
    proposal: {
      ...proposal,
      config: {
        ...config,
        ...(assertion && { assertion: { ...assertion, key: '' } }),
        ...(dpop && { dpop: { ...dpop, key: '' } }),
      },
    },
    ignored: isBasic ? [...ignored, 'The client secret is masked in the file. Type it.'] : ignored,
  }
}

/** How the client authenticates, which a request with a masked assertion does not show. */
const authenticationOf = ({
  client_id,
  token_endpoint_auth_method,
  assertion,
}: StoredConfig): StoredConfig => ({
  ...(client_id !== undefined && { client_id }),
  ...(token_endpoint_auth_method !== undefined && { token_endpoint_auth_method }),
  ...(assertion !== undefined && { assertion }),
})
