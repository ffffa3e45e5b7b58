import type { Organisation, OrganisationClaim } from '../../../explanation/server-record.ts'
import { isObject, ownMembers } from '../../../json/own-members.ts'
import { without } from '../../../text/without.ts'

const systems = {
  single: 'urn:oid:2.16.578.1.12.4.1.4.101',
  multi: 'urn:oid:1.0.6523',
} as const

const multiTenant = /^NO:ORGNR:([^:]*):([^:]*)$/

/** The claim for an organisation, which travels in the client assertion; `null` for none. */
export function assertionDetails(organisation: Organisation): object | null {
  switch (organisation.tenancy) {
    case 'none':
      return null
    case 'single':
      return authorization(systems.single, organisation.child)
    case 'multi':
      // Without a child the colon after the parent stays.
      return authorization(systems.multi, `NO:ORGNR:${organisation.parent}:${organisation.child}`)
    default:
      return organisation satisfies never
  }
}

const authorization = (system: string, value: string): object => ({
  type: 'helseid_authorization',
  practitioner_role: { organization: { identifier: { system, type: 'ENH', value } } },
})

/**
 * The organisation that the user's own payload members name; `null` if they hold an `assertion_details` that was
 * not made here, or are no JSON object.
 */
export function readOrganisation(payload: string): Organisation | null {
  const read = ownMembers(payload)
  if (!read.ok) return null
  const details = read.members['assertion_details']
  if (details === undefined) return { tenancy: 'none' }
  const identifier = path(details, ['practitioner_role', 'organization', 'identifier'])
  const value = path(identifier, ['value'])
  if (typeof value !== 'string') return null
  const [, parent = '', child = ''] = multiTenant.exec(value) ?? []
  const candidates: readonly Organisation[] = [
    { tenancy: 'single', child: value },
    { tenancy: 'multi', parent, child },
  ]
  const same = JSON.stringify(details)
  return candidates.find((one) => JSON.stringify(assertionDetails(one)) === same) ?? null
}

/** The payload members with the claim for that organisation in place of the one they had. */
export function writeOrganisation(payload: string, organisation: Organisation): string {
  const read = ownMembers(payload)
  const others = without(read.ok ? read.members : {}, 'assertion_details')
  const details = assertionDetails(organisation)
  const members = details === null ? others : { ...others, assertion_details: details }
  return Object.keys(members).length === 0 ? '' : JSON.stringify(members, null, 2)
}

/** "HID-1004: must be nine digits". */
export function isOrganisationNumber(text: string): boolean {
  return /^\d{9}$/.test(text)
}

function path(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value)
}

/** The claim, and what the form says of it. */
export const organisationClaim: OrganisationClaim = {
  title: 'HelseID: organisation numbers',
  claim: 'assertion_details',
  read: readOrganisation,
  write: writeOrganisation,
  isNumber: isOrganisationNumber,
  noNumber: 'An organisation number has nine digits; HelseID says HID-1004 to others.',
}
