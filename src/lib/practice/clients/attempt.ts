import type { Context } from '../base/endpoint.ts'
import type { Form } from '../base/form-body.ts'

/** What a token request brings to authenticate its client. */
export interface Attempt extends Context {
  readonly authorization: string | null
  readonly form: Form
}
