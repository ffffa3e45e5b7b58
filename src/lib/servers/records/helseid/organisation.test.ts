import type { Organisation } from '../../../explanation/server-record.ts'
import { describe, expect, it } from 'vitest'
import {
  assertionDetails,
  isOrganisationNumber,
  readOrganisation,
  writeOrganisation,
} from './organisation.ts'

const identifier = (system: string, value: string) => ({
  type: 'helseid_authorization',
  practitioner_role: { organization: { identifier: { system, type: 'ENH', value } } },
})

describe('assertionDetails', () => {
  it.each<[Organisation, object | null]>([
    [{ tenancy: 'none' }, null],
    [{ tenancy: 'single', child: '999977776' }, identifier('urn:oid:2.16.578.1.12.4.1.4.101', '999977776')],
    [
      { tenancy: 'multi', parent: '999977774', child: '999977776' },
      identifier('urn:oid:1.0.6523', 'NO:ORGNR:999977774:999977776'),
    ],
    [
      { tenancy: 'multi', parent: '999977774', child: '' },
      identifier('urn:oid:1.0.6523', 'NO:ORGNR:999977774:'),
    ],
  ])('%o', (organisation, details) => {
    expect(assertionDetails(organisation)).toEqual(details)
    expect(readOrganisation(writeOrganisation('{"mine": 1}', organisation))).toEqual(organisation)
  })
})

describe('the payload members', () => {
  it('keep what else is in them', () => {
    const written = writeOrganisation('{"mine": 1}', { tenancy: 'single', child: '1' })
    expect(JSON.parse(written)).toMatchObject({
      mine: 1,
      assertion_details: { type: 'helseid_authorization' },
    })
    expect(JSON.parse(writeOrganisation(written, { tenancy: 'none' }))).toEqual({ mine: 1 })
    expect(writeOrganisation('', { tenancy: 'none' })).toBe('')
  })

  it('with an assertion_details of another make, or none that is JSON, are left to the user', () => {
    expect(readOrganisation('{"assertion_details": [{"type": "x"}]}')).toBeNull()
    expect(readOrganisation('{"assertion_details": null}')).toBeNull()
    expect(readOrganisation('{')).toBeNull()
  })
})

it('an organisation number has nine digits', () => {
  expect(['999977774', '99997777', '9999777744', '99997777a', ''].map(isOrganisationNumber)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})
