import type { Facts } from './facts.ts'

/** Whether a secret was sent, in the header or in the body. */
export const sendsSecret = ({ sent: { places }, config }: Facts): boolean =>
  config.client_secret !== '' && (places.includes('header') || places.includes('body'))

/** Whether the Basic header has no secret in it. */
export const hasEmptySecret = ({ sent: { places }, config }: Facts): boolean =>
  places.includes('header') && config.client_secret === ''

/** Whether the Basic header was sent raw, and ID or secret has one of these: who form-decodes it reads another. */
const isRawWith =
  (characters: RegExp) =>
  ({ sent: { places }, config }: Facts): boolean =>
    places.includes('header') &&
    config.basic_encoding === 'raw' &&
    characters.test(config.client_id + config.client_secret)

/** Whether who form-decodes the raw Basic header reads another ID or secret. @see RFC 6749 section 2.3.1 */
export const isDecodedOtherwise = isRawWith(/[%+]/)

/** The same, or who splits it at the wrong colon. @see RFC 7617 section 2 */
export const isReadOtherwise = isRawWith(/[%+:]/)

/** Whether it has a `%` that begins no escape: who decodes it stops there. */
export const isUndecodable = isRawWith(/%(?![0-9a-f]{2})/i)
