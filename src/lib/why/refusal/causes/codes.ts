import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import { cause } from '../facts/make.ts'

/** @see RFC 8628 section 3.5 */
const ofDeviceGrant: Readonly<Record<string, string>> = {
  authorization_pending: 'a user has yet to decide',
  slow_down: 'the client asks too often',
  expired_token: 'the device code has expired',
}

/** That a code is not one of this grant. */
export const codes = {
  'code-of-device-grant': cause({
    stage: 'grant-known',
    title: ({ came: { code } }) => `${quoted(code)} belongs to another grant`,
    meaning: ({ came: { code } }) =>
      `This code belongs to the device authorization grant. There it says that ${ofDeviceGrant[code] ?? 'the user has to act'}. Client credentials have no device and nobody to wait for, so the server means something of its own by it.`,
    fixes: [
      'Look at grant_type in the request: it has to be client_credentials.',
      'Wait a moment and try again: the server may limit how often a client asks.',
      'Read the server’s log at the time of this request.',
    ],
    spec: [rfc(8628, '3.5'), rfc(6749, '5.2')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
