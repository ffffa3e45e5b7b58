import type { TokenRequestConfig } from '../config/config.ts'

/**
 * The Content-Type of a form, as this configuration has it sent. IANA registers the type without parameters, and some
 * servers compare the whole value.
 * @see RFC 6749 section 4.4.2, https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
export function formType({ content_type_charset }: Pick<TokenRequestConfig, 'content_type_charset'>): string {
  return `application/x-www-form-urlencoded${content_type_charset ? ';charset=UTF-8' : ''}`
}
