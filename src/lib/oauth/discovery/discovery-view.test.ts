import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../../tests/vectors/oauth/answers.ts'
import { helseId, keycloak, simpleIdServer } from '../../../../tests/vectors/oauth/metadata.ts'
import type { Outcome } from '../../http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import { explainAttempt } from './explain-attempt.ts'
import { type Attempt, type DiscoveryRecord, discoveryView } from './discovery-view.ts'
import { changeOf } from './metadata-proposals.ts'
import { type FoundMetadata, parseMetadata, readMetadata } from './metadata-reading.ts'
import { metadataRows, valueText } from './metadata-rows.ts'

const failure: Outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }
const setting = { config: emptyConfig, initial: emptyConfig, pageOrigin: 'http://localhost:4290' }
const empty: DiscoveryRecord = {
  attempts: [],
  notes: [],
  issuer: null,
  pasted: null,
  usedAnyway: false,
  filled: [],
}

function pasted(document: object): FoundMetadata {
  const found = parseMetadata(JSON.stringify(document))
  if (found.kind !== 'found') throw new Error(found.why)
  return found
}

describe('explainAttempt', () => {
  const explain = (outcome: Outcome) => explainAttempt(readMetadata(outcome))

  it.each([
    [answer(404, ''), 'Nothing there (404)'],
    [answer(403, ''), 'Not shown to us (403)'],
    [answer(503, ''), 'The server failed (503)'],
    [answer(302, ''), 'Redirect, not followed (302)'],
    [answer(400, ''), 'Refused (400)'],
    [answer(200, '<html>'), 'This is a web page.'],
    [failure, 'No readable response'],
    [{ kind: 'opaque-redirect' } as const, 'Redirect, not followed'],
    [{ kind: 'aborted', by: 'timeout', partial: null } as const, 'No response in time'],
    [{ kind: 'aborted', by: 'person', partial: null } as const, 'Cancelled'],
    [{ kind: 'aborted', by: 'size', partial: null } as const, 'Too large'],
  ])('%#', (outcome, title) => {
    expect(explain(outcome)?.title).toBe(title)
  })

  it('claims no cause a page cannot know, and says what to do', () => {
    expect(explain(failure)).toMatchObject({
      certainty: 'possible',
      causes: [
        expect.stringContaining('CORS'),
        expect.stringContaining('down'),
        expect.stringContaining('certificate'),
      ],
      fixes: [expect.stringContaining('in a tab'), { paste: 'metadata' }],
    })
  })

  it('has none if metadata was found', () => {
    expect(explain(answer(200, JSON.stringify(helseId)))).toBeNull()
  })
})

describe('discoveryView', () => {
  const url = 'http://localhost:8080/realms/lab/.well-known/openid-configuration'
  const attempt = (outcome: Outcome, exchangeId: number): Attempt => ({
    url,
    exchangeId,
    reading: readMetadata(outcome),
  })
  const attempts = [attempt(failure, 1), attempt(answer(200, JSON.stringify(keycloak)), 2)]
  const record: DiscoveryRecord = { ...empty, attempts, issuer: 'http://localhost:8080/realms/lab' }

  it('3.3 "MUST NOT be used": of another issuer’s metadata nothing is offered, until it is to be used anyway', () => {
    const view = discoveryView(record, setting)
    expect(view.attempts.map(({ explanation }) => explanation?.title)).toEqual([
      'No readable response',
      undefined,
    ])
    expect(view.found).toMatchObject({ url, usable: false, offered: [], scopes: [] })
    expect(view.found?.mismatch?.kind).toBe('container')
    expect(view.found?.urgent.map(({ member }) => member)).toEqual(['token_endpoint'])
    expect(view.found?.others.map(({ member }) => member)).not.toContain('issuer')
    expect(view.found?.rows.find(({ name }) => name === 'issuer')?.mark).toBe('problem')

    const anyway = discoveryView({ ...record, usedAnyway: true }, setting).found
    expect(anyway?.offered.map(({ field }) => field)).toEqual([
      'Issuer',
      'Token endpoint',
      'Token endpoint at the host that responded',
    ])
    expect(anyway?.scopes.map(({ scope }) => scope)).toEqual([
      'basic',
      'roles',
      'openid',
      'offline_access',
      'email',
    ])
  })

  it('treats what was pasted like what was found', () => {
    const found = discoveryView({ ...record, issuer: null, pasted: pasted(helseId) }, setting).found
    expect(found).toMatchObject({ url: null, mismatch: null, usable: true })
    expect(found?.offered[0]?.proposed).toBe('https://helseid-sts.test.nhn.no')
  })

  it('calls filled in what still is in the form, and offers the rest', () => {
    const found = (config: TokenRequestConfig, filled: DiscoveryRecord['filled'] = []) =>
      discoveryView({ ...empty, pasted: pasted(helseId), filled }, { ...setting, config }).found
    const filled = found(emptyConfig)?.offered ?? []
    const form = { ...emptyConfig, ...changeOf(filled) }
    expect(found(form, filled)).toMatchObject({ filled, offered: [] })
    const edited = found({ ...form, token_endpoint: 'https://mine.example/token' }, filled)
    expect(edited?.filled.map(({ field }) => field)).not.toContain('Token endpoint')
    expect(edited?.offered.map(({ field }) => field)).toEqual(['Token endpoint'])
  })

  it('has nothing to show of nothing', () => {
    expect(discoveryView(empty, setting)).toEqual({ attempts: [], notes: [], found: null })
  })

  it('throws for no document', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...Object.keys(simpleIdServer)), (value, name) => {
        const text = `{"issuer":"https://a.example","${name}":${value}}`
        const reading = parseMetadata(text)
        if (reading.kind !== 'found') throw new Error(reading.why)
        const view = discoveryView({ ...empty, issuer: 'https://a.example', pasted: reading }, setting)
        expect(view.found?.rows).toHaveLength(2)
      }),
    )
  })
})

describe('metadataRows', () => {
  const rows = (text: string) => {
    const found = parseMetadata(text)
    return found.kind === 'found' ? metadataRows(found.value, []) : []
  }

  it('shows every member: those of this grant first, unknown ones last, repeats too', () => {
    const text = '{"x":1,"claims_supported":[],"scopes_supported":[],"toString":2,"issuer":"a","x":3}'
    expect(rows(text).map(({ name, mark }) => `${name} ${mark}`)).toEqual([
      'issuer matters',
      'scopes_supported matters',
      'claims_supported other',
      'x problem',
      'toString other',
      'x problem',
    ])
  })

  it('says what each member of SimpleIdServer is', () => {
    const shown = rows(JSON.stringify(simpleIdServer))
    expect(shown.filter(({ means }) => means.startsWith('Not a name'))).toEqual([])
    expect(shown[0]).toMatchObject({ name: 'issuer', spec: { label: 'RFC 8414 2' } })
  })

  it.each([
    ['"a"', 'a'],
    ['["a","b"]', 'a, b'],
    ['[]', '[]'],
    ['1.0', '1.0'],
    ['{"a":[1]}', '{\n  "a": [\n    1\n  ]\n}'],
  ])('gives %s as %j', (text, shown) => {
    expect(rows(`{"issuer":${text}}`).map(({ value }) => valueText(value))).toEqual([shown])
  })
})
