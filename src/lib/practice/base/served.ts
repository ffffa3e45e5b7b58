import type { Check } from '../../check.ts'
import { CheckLog } from './check-log.ts'
import { ProtocolError } from './protocol-error.ts'

/** An authorization server and an API that live in the page: a request in, a response out, no network. */
export interface PracticeServer {
  fetch(request: Request): Promise<Response>
  /** What the server checked for this response, in order. */
  checksOf(response: Response): readonly Check[]
}

/**
 * A server out of what responds to a request, and what gives every response its last fields. A ProtocolError is caught
 * here, and nothing else is.
 */
export function served(
  respond: (request: Request, checks: CheckLog) => Promise<Response>,
  finish: (request: Request, response: Response) => Response,
): PracticeServer {
  const checksByResponse = new WeakMap<Response, readonly Check[]>()
  return {
    fetch: async (request) => {
      const checks = new CheckLog()
      const response = finish(request, await orRefusal(respond, request, checks))
      checksByResponse.set(response, checks.made)
      return response
    },
    checksOf: (response) => checksByResponse.get(response) ?? [],
  }
}

async function orRefusal(
  respond: (request: Request, checks: CheckLog) => Promise<Response>,
  request: Request,
  checks: CheckLog,
): Promise<Response> {
  try {
    return await respond(request, checks)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    checks.fail(error.rule, error.found)
    return error.response
  }
}
