import { rfc } from '../../../spec.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import { isObject, type JsonObject } from '../../base/json-object.ts'
import { quote, show } from '../../base/wording.ts'
import { refuse } from './refusal.ts'
import type { Client } from './setup.ts'

/** The organisation a client speaks for; a member is left out of the token if it is `null`. */
export interface Organisation {
  readonly parent: string | null
  readonly child: string | null
}

/** HelseID’s own numbers and words, by what is wrong. */
const words = {
  'HID-1001': 'The supplied parent organization number is not in the whitelist for the client.',
  'HID-1002': 'The supplied child organization number is not in the whitelist for the client.',
  'HID-1004': 'The format of the organization number was incorrect.',
  'HID-1007': 'The supplied client assertion does not comply to the specification.',
} as const

const structured: Rule = {
  what: 'assertion_details has the structure of the client’s tenancy',
  spec: rfc(7523, '3'),
}
const nineDigits: Rule = { what: 'An organisation number has nine digits', spec: rfc(7523, '3') }
const parentListed: Rule = { what: 'The parent organisation is one of the client’s', spec: rfc(7523, '3') }
const childListed: Rule = { what: 'The child organisation is one of the client’s', spec: rfc(7523, '3') }

const refuseNumber = (number: keyof typeof words, rule: Rule, found: string) =>
  refuse('invalid_request', rule, found, `${number}: ${words[number]}`)

/** Which `system` an identifier has, by the tenancy of its client. */
const systems: Readonly<Record<Client['tenancy'], string>> = {
  'multi-tenant': 'urn:oid:1.0.6523',
  'single-tenant': 'urn:oid:2.16.578.1.12.4.1.4.101',
}

/**
 * The organisation that the claim `assertion_details` of an assertion names. A multi-tenant client names the parent and
 * perhaps a child, a single-tenant one a child of the one parent that HelseID knows it by.
 */
export function organisationOf(
  client: Client,
  { assertion_details: details }: JsonObject,
  checks: CheckLog,
): Organisation {
  const ownParent = Object.keys(client.organisations)[0] ?? null
  if (details === undefined) {
    checks.note(structured, 'There is no assertion_details: the client speaks for itself')
    return { parent: client.tenancy === 'single-tenant' ? ownParent : null, child: null }
  }
  const value = valueOf(client, details)
  if (value === null) {
    const expected = `system ${quote(systems[client.tenancy])} and type 'ENH'`
    throw refuseNumber(
      'HID-1007',
      structured,
      `It is ${show(details)}, expected helseid_authorization with ${expected}`,
    )
  }
  const [parent, child] = numbersIn(client, value, ownParent)
  checks.pass(structured, quote(value))
  const numbers = [parent, child].filter((number) => number !== '')
  if (numbers.length === 0 || numbers.some((number) => !/^\d{9}$/.test(number))) {
    throw refuseNumber('HID-1004', nineDigits, quote(value))
  }
  checks.pass(nineDigits, numbers.join(', '))
  const children = client.organisations[parent]
  if (!children) throw refuseNumber('HID-1001', parentListed, parent)
  checks.pass(parentListed, parent)
  if (child === '') return { parent, child: null }
  if (!children.includes(child)) throw refuseNumber('HID-1002', childListed, child)
  checks.pass(childListed, child)
  return { parent, child }
}

/** `NO:ORGNR:parent:child` of a multi-tenant client, whose last colon is never left out; a child of a single-tenant one. */
function numbersIn(client: Client, value: string, ownParent: string | null): readonly [string, string] {
  if (client.tenancy === 'single-tenant') return [ownParent ?? '', value]
  const [, parent, child] = /^NO:ORGNR:([^:]*):([^:]*)$/.exec(value) ?? []
  if (parent === undefined || child === undefined) {
    throw refuseNumber('HID-1007', structured, `${quote(value)}, expected 'NO:ORGNR:parent:child'`)
  }
  return [parent, child]
}

/** The `value` of the identifier; `null` if the claim is otherwise than the tenancy has it. */
function valueOf({ tenancy }: Client, details: unknown): string | null {
  if (!isObject(details) || details['type'] !== 'helseid_authorization') return null
  const identifier = ['practitioner_role', 'organization', 'identifier'].reduce<unknown>(
    (inner, name) => (isObject(inner) ? inner[name] : undefined),
    details,
  )
  if (!isObject(identifier) || identifier['system'] !== systems[tenancy] || identifier['type'] !== 'ENH')
    return null
  const { value } = identifier
  return typeof value === 'string' ? value : null
}
