import { presentedAs, sentAuths } from '../seen.ts'
import { isSecretName } from '../../text/hides-secret.ts'
import { abouts, type ExchangeCondition } from '../conditions.ts'
import type { Lesson, Prediction, Start, Step } from '../lesson.ts'
import {
  distinct,
  flag,
  type Kind,
  kind,
  list,
  matching,
  mayLack,
  named,
  object,
  oneOf,
  orNull,
  secretIn,
  sentence,
  value,
  whole,
} from './kinds.ts'

const compared = value(400)

/** The values that are asked for, or whether there is one. */
const valueOrFlag: Kind<string | boolean> = {
  ...kind('a text of at most 400 characters, or true or false', (one) =>
    typeof one === 'boolean' ? one : undefined,
  ),
  read: (one, place, say) => (typeof one === 'boolean' ? one : compared.read(one, place, say)),
}
const values = named(valueOrFlag, () => undefined)

/** Parameters of the body: whether a secret was sent may be asked, and not which. */
const sent = named(valueOrFlag, (name, one, place, say) => {
  if (typeof one === 'string' && isSecretName(name) && !/_hint$/.test(name)) say(secretIn(place))
})

const names = <Name extends string>(all: readonly Name[]): Kind<Name> =>
  oneOf(Object.fromEntries(all.map((name) => [name, true])) as Record<Name, true>)

/** What a lesson may ask of one exchange. */
const exchange = object<ExchangeCondition>({
  about: names(abouts),
  status: mayLack(whole(100, 599)),
  error: mayLack(compared),
  method: mayLack(matching('a method, in capitals', /^[A-Z]+$/, 20)),
  path: mayLack(compared),
  client: mayLack(compared),
  auth: mayLack(names(sentAuths)),
  encoded: mayLack(flag),
  assertion: mayLack(values),
  sent: mayLack(sent),
  granted: mayLack(compared),
  claims: mayLack(values),
  opaque: mayLack(flag),
  presented: mayLack(names(presentedAs)),
  altered: mayLack(flag),
  expired: mayLack(flag),
  proof: mayLack(values),
  active: mayLack(flag),
  replay: mayLack(flag),
  token: mayLack(names(['same', 'other'])),
})

interface EitherStep {
  readonly what: string
  readonly exchange?: ExchangeCondition
  readonly find?: string
}
const either = object<EitherStep>({
  what: sentence(160),
  exchange: mayLack({ ...exchange, is: 'an object, if the step is an exchange' }),
  find: mayLack({ ...sentence(100), is: 'the name of a claim, if the step is to find its value' }),
})
const step: Kind<Step> = {
  ...either,
  leftOut: null,
  read: (one, place, say) => {
    const read = either.read(one, place, say)
    if (read === undefined) return undefined
    if ((read.exchange === undefined) === (read.find === undefined))
      say(`${place} has to have either exchange or find.`)
    return read as Step
  },
}

const prediction = object<Prediction>({
  question: sentence(320),
  choices: distinct(list(sentence(160), 2, 6)),
  right: whole(0, 5),
  step: whole(0, 9),
  because: sentence(880),
})

/** What a lesson of a file has to be. A member that is wrong refuses the lesson. */
export function lessonKind(start: Kind<Start>): Kind<Lesson> {
  const lesson = object<Lesson>({
    id: matching('small letters, digits and hyphens, at most 40, a letter first', /^[a-z][a-z\d-]*$/, 40),
    title: sentence(120),
    goal: sentence(320),
    text: list(sentence(440), 1, 6),
    start,
    prediction: orNull(prediction),
    steps: list(step, 1, 10),
    hints: mayLack(list(sentence(880), 0, 6), []),
    closing: sentence(880),
    sections: mayLack(distinct(list(sentence(40), 0, 12)), []),
  })
  return {
    ...lesson,
    read: (one, place, say) => {
      const read = lesson.read(one, place, say)
      if (read) sayImpossible(read, place, say)
      return read
    },
  }
}

/** Members that are right each by itself, and not together. What is wrong by itself was said before. */
function sayImpossible(
  { prediction, steps }: Partial<Lesson>,
  place: string,
  say: (problem: string) => void,
): void {
  if (prediction && steps) {
    const { right, step, choices } = prediction as Partial<Prediction>
    if (right !== undefined && choices !== undefined && right >= choices.length)
      say(`${place}.prediction.right is ${right}, and there are ${choices.length} choices, counted from 0.`)
    if (step !== undefined && step >= steps.length)
      say(`${place}.prediction.step is ${step}, and there are ${steps.length} steps, counted from 0.`)
  }
  const first = steps?.findIndex((one) => 'exchange' in one) ?? -1
  const condition = first < 0 ? undefined : (steps?.[first] as { exchange?: ExchangeCondition }).exchange
  if (condition?.token !== undefined)
    say(
      `${place}.steps[${first}].exchange.token compares with the exchange of a step before, and there is none.`,
    )
}
