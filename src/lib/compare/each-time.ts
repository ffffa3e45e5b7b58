/**
 * Names of what is another one in each exchange, so that a difference in it says little: moments, what is good once, and what a
 * server numbers its requests by. In small letters.
 */
const names = {
  /** @see RFC 7519 section 4.1, RFC 9449 section 4.2 */
  claims: [
    ...['iat', 'exp', 'nbf', 'jti', 'nonce', 'ath', 'auth_time', 'at_hash', 'sid', 'session_state'],
    ...['uti', 'aio', 'rh'],
  ],
  fields: [
    ...['date', 'age', 'expires', 'dpop', 'dpop-nonce', 'traceparent', 'tracestate', 'server-timing'],
    ...['request-id', 'x-request-id', 'x-correlation-id', 'correlation-id', 'x-trace-id', 'x-b3-traceid'],
    ...[
      'x-ms-request-id',
      'x-ms-ests-server',
      'cf-ray',
      'x-amzn-requestid',
      'x-amz-cf-id',
      'x-okta-request-id',
    ],
  ],
  parameters: ['client_assertion'],
  members: [
    ...['access_token', 'refresh_token', 'id_token', 'signature'],
    ...['timestamp', 'trace_id', 'traceid', 'correlation_id', 'correlationid', 'request_id', 'requestid'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

type Place = keyof typeof names

const known: Readonly<Record<Place, ReadonlySet<string>>> = {
  claims: new Set(names.claims),
  fields: new Set(names.fields),
  parameters: new Set(names.parameters),
  // What introspection and errors say has the names of claims, too.
  members: new Set([...names.members, ...names.claims]),
}

/** Whether what has that name, in any case, is another one each time. */
export const differsEachTime = (place: Place, name: string): boolean => known[place].has(name.toLowerCase())
