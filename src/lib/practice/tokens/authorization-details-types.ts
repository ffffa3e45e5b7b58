import { isObject, type JsonObject } from '../base/json-object.ts'
import { practiceAudience, reportsAudience } from '../base/origin.ts'

/** A member that objects of a type may have. */
interface Member {
  readonly name: string
  readonly required: boolean
  /** What its value must be, in words. */
  readonly wants: string
  readonly holds: (value: unknown) => boolean
}

/** A type of authorization and its members besides `type`. Another one is another row. @see RFC 9396 section 2.1 */
interface AuthorizationType {
  readonly type: string
  readonly members: readonly Member[]
}

/** The types the server knows: one for its own API, and the example of the standard, loosely. */
export const authorizationTypes: readonly AuthorizationType[] = [
  {
    type: 'greeting_access',
    members: [
      listOf('actions', true, ['read', 'write']),
      listOf('locations', false, [practiceAudience, reportsAudience]),
    ],
  },
  {
    type: 'payment_initiation',
    members: [
      listOf('actions', false, ['initiate', 'status', 'cancel']),
      {
        name: 'locations',
        required: false,
        wants: 'a list of absolute URIs',
        holds: (value) => isList(value, (item) => typeof item === 'string' && URL.canParse(item)),
      },
      {
        name: 'instructedAmount',
        required: true,
        wants: "an object like {'currency': 'EUR', 'amount': '123.50'}, both texts",
        holds: (value) =>
          hasTexts(value, { currency: /^[A-Z]{3}$/, amount: /^\d{1,15}(\.\d{1,5})?$/ }, [
            'currency',
            'amount',
          ]),
      },
      { name: 'creditorName', required: true, wants: 'a text', holds: isText },
      {
        name: 'creditorAccount',
        required: true,
        wants: 'an object with an iban, and perhaps a bic',
        holds: (value) =>
          hasTexts(value, { iban: /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/, bic: /^[A-Z0-9]{8,11}$/ }, ['iban']),
      },
      { name: 'remittanceInformationUnstructured', required: false, wants: 'a text', holds: isText },
    ],
  },
]

function listOf(name: string, required: boolean, values: readonly string[]): Member {
  return {
    name,
    required,
    wants: `a list out of ${values.join(', ')}`,
    holds: (value) => isList(value, (item) => values.includes(item as string)),
  }
}

function isList(value: unknown, holds: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(holds)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function hasTexts(
  value: unknown,
  syntax: Readonly<Record<string, RegExp>>,
  required: readonly string[],
): boolean {
  if (!isObject(value) || !required.every((name) => Object.hasOwn(value, name))) return false
  return Object.entries(value).every(([name, text]) => fits(syntax, name, text))
}

function fits(syntax: Readonly<Record<string, RegExp>>, name: string, text: JsonObject[string]): boolean {
  return Object.hasOwn(syntax, name) && typeof text === 'string' && (syntax[name]?.test(text) ?? false)
}
