import { describe, expect, it } from 'vitest'
import { readResponse } from '../../oauth/response/read-response.ts'
import { readCame } from './facts/came.ts'
import { explainVerdict } from './explain.ts'
import { findReason } from './reason.ts'
import { factsOf } from './refusal-testing.ts'

/** What the page says if the form was sent with `;charset=UTF-8`, or without. */
function told(status: number, body: unknown, charset: boolean) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = { status, statusText: '', headers: [], body: new TextEncoder().encode(text) }
  const { sent, ...facts } = factsOf()
  const type = `application/x-www-form-urlencoded${charset ? ';charset=UTF-8' : ''}`
  const all = {
    ...facts,
    config: { ...facts.config, content_type_charset: charset },
    sent: { ...sent, type },
    came: readCame(readResponse(response).answer),
  }
  const verdict = findReason(all, null, [])
  const { title, causes, fixes } = explainVerdict(verdict, all)
  return {
    causes: verdict.reasons.map(({ id }) => id),
    title,
    all: [title, ...causes].join('\n'),
    changes: fixes.flatMap((fix) => (typeof fix === 'object' && 'change' in fix ? [fix.change] : [])),
  }
}

const form = 'application/x-www-form-urlencoded'
const says = (error: string, error_description: string) => ({ error, error_description })

const refused = ['charset-refused']
const added = ['charset-added', 'json-wanted']
const unsaid = ['json-wanted', 'form-not-read', 'charset-added']
const asked = ['charset-added', 'form-not-read']

/** What real servers say, and others of their kind; without the charset it is another cause. */
const refusals: readonly (readonly [status: number, body: unknown, with_: string[], without: string[]])[] = [
  [
    415,
    says('unsupported_media_type', `Content-Type ${form};charset=UTF-8 is not supported`),
    refused,
    added,
  ],
  // OpenZiti, issue 2704
  [
    415,
    {
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: `the content type: ${form};charset=UTF-8, is not supported (supported: ${form}, application/json)`,
    },
    refused,
    added,
  ],
  // requests-oauthlib, issue 437
  [400, says('invalid_request', `Content-Type must be set to ${form}`), refused, asked],
  // yii2-oauth2-server, issue 22
  [500, { message: `The content type for POST requests must be "${form}"` }, refused, asked],
  // USPS, issue 6
  [415, { error: 'unsupported_media_type' }, refused, unsaid],
  [415, '', [...refused, 'json-wanted', 'form-not-read'], unsaid],
  [415, { title: 'Unsupported Media Type', status: 415 }, refused, unsaid],
  // node-oidc-provider, issue 589
  [
    400,
    says('invalid_request', `only ${form} content-type bodies are supported on POST /token`),
    refused,
    asked,
  ],
  [400, says('invalid_request', 'Invalid charset in Content-Type'), refused, added],
  // body-parser of Express
  [415, { message: 'unsupported charset "UTF-8"', type: 'charset.unsupported' }, refused, added],
  // OpenIddict
  [400, says('invalid_request', "The specified 'Content-Type' header is not valid."), refused, unsaid],
  [415, 'RESTEASY003065: Cannot consume content type', refused, unsaid],
  [500, { error: `Unexpected content type: ${form}; charset=utf-8` }, refused, added],
  [400, says('invalid_request', `Mime type ${form};charset=UTF-8 not accepted`), refused, added],
  [400, 'Remove the charset from Content-Type: charset=UTF-8 is not allowed here', refused, added],
  // Spring MVC, which compares the type without it
  [
    415,
    { detail: `Content-Type '${form};charset=UTF-8' is not supported.` },
    [...refused, 'json-wanted'],
    ['json-wanted', 'charset-added'],
  ],
  [
    400,
    { message: `Content-Type '${form}' not supported` },
    [...refused, 'json-wanted'],
    ['json-wanted', 'charset-added'],
  ],
  [415, { message: 'Content-Type must be application/json' }, ['json-wanted'], ['json-wanted']],
  [400, says('invalid_request', 'Expected application/json'), ['json-wanted'], ['json-wanted']],
  [
    415,
    { error: 'Unsupported Media Type', message: 'use "application/json"' },
    ['json-wanted'],
    ['json-wanted'],
  ],
]

describe('a Content-Type that is refused', () => {
  it.each(refusals)('%i %j with ;charset=UTF-8', (status, body, causes) => {
    const found = told(status, body, true)
    expect(found.causes).toEqual(causes)
    expect(found.changes).toEqual(causes[0] === 'json-wanted' ? [] : [{ content_type_charset: false }])
    if (causes === refused)
      expect(found.title).toBe('The server does not accept ;charset=UTF-8 in Content-Type')
  })

  it.each(refusals)('%i %j without', (status, body, _, causes) => {
    const found = told(status, body, false)
    expect(found.causes).toEqual(causes)
    expect(found.changes).toEqual([])
    expect(found.all).toMatch(/JSON|does not arrive as it was sent/)
  })

  it('is not found in words about something else', () => {
    const { causes } = told(
      400,
      says('invalid_client', 'The client_id has characters of an unknown kind'),
      true,
    )
    expect(causes).not.toContain('charset-refused')
  })
})
