import { asString, type JsonValue, member } from '../../../json/value.ts'

/** One fault of a request as a validator names it: the form of pydantic, which FastAPI sends as `detail` with 422. */
export interface Fault {
  /** The rule that is broken: `missing`, `string_pattern_mismatch`, `model_attributes_type`. */
  readonly type: string
  /** Where the server looked: `body`, `query`, `header`, `path`, `cookie`. */
  readonly place: string
  /** The name of the field; empty if it is about the whole place. */
  readonly field: string
  /** What the value has to match, if the rule is a pattern; else empty. */
  readonly pattern: string
}

const most = 20

/** The faults that a body lists; none if it is of another form. Never throws. */
export function faultsIn(body: JsonValue | null): readonly Fault[] {
  const list = member(body, 'detail')
  if (list?.kind !== 'array') return []
  return list.items.slice(0, most).flatMap((item) => {
    const type = asString(member(item, 'type'))
    const loc = member(item, 'loc')
    if (type === undefined || loc?.kind !== 'array') return []
    const [place = '', ...names] = loc.items.map((one) => asString(one) ?? '')
    return place === ''
      ? []
      : [
          {
            type,
            place,
            field: names.join('.'),
            pattern: asString(member(member(item, 'ctx'), 'pattern')) ?? '',
          },
        ]
  })
}
