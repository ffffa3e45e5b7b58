import type { PlaygroundPage } from '../browser/playground-page.ts'
import { expect, test } from './fixtures.ts'
import { Follower, readGuide, type GuideStep } from './guide.ts'
import { expectRefusal, expectToken, getToken, type Connection, type Told, type Token } from './journeys.ts'
import { programsOf, type RealName } from './real-server.ts'

/** A guide, what is typed before it is read, and what its steps lead to. */
export interface Guide {
  readonly name: RealName
  /** The id of its server in the picker. */
  readonly kind: string
  /** What is typed into the parts of the address, by their labels. */
  readonly address: Readonly<Record<string, string>>
  /** What is typed into the form; each test has an ID and a scope of its own, with this number in it. */
  readonly typed: (test: number) => Connection
  readonly issuer: string
  /** The sections to follow, in this order. */
  readonly sections: readonly string[]
  /** The steps that another one is an alternative to, or that this machine cannot do; each is listed as not run. */
  readonly notRun: RegExp
  /** Where the server responds that the guide starts; `null` if it runs already. */
  readonly starts: string | null
  readonly token: Token
  /** What is left out of which step, and what the page then has to say. */
  readonly without: readonly Without[]
}

interface Without {
  readonly name: string
  /** The step as it is followed: `null` for not at all. */
  readonly change: (step: GuideStep) => GuideStep | null
  /** What the later steps say that cannot be done without it; none fails if this is absent. */
  readonly stops?: RegExp | readonly RegExp[]
  readonly told: Told
}

/** Leaves out the scripts and files whose text or code has that. */
export const noStep = (pattern: RegExp) => (step: GuideStep) =>
  pattern.test(step.text) || pattern.test(step.code) ? null : step

/** Leaves out a part of the code. */
export const noPart = (part: RegExp) => (step: GuideStep) => ({ ...step, code: step.code.replace(part, '') })

/** The guide to the letter leads to a token; with something left out, to a refusal that names it. */
export function testGuide(guide: Guide): void {
  test.describe('the guide, on an empty server', () => {
    // It may download what it starts.
    test.setTimeout(15 * 60_000)

    test('to the letter: Find, a token, and its keys', async ({ playground }, info) => {
      await fillIn(playground, guide, 0)
      const steps = await readGuide(playground, guide.sections)
      const unable = steps.filter((step) => isNotRun(step, guide))
      for (const { text } of unable) info.annotations.push({ type: 'not run', description: text })
      await following(guide, 0, async (follower) => {
        await follower.follow(steps.filter((step) => !isNotRun(step, guide)))
        await onceReady(async () => {
          await playground.find(guide.issuer)
          await expect(playground.connection.getByText('✓ Metadata found')).toBeVisible()
          await getToken(playground)
        })
        await expectToken(playground, guide.token)
      })
    })

    for (const [index, { name, change, stops, told }] of guide.without.entries())
      test(`without ${name}`, async ({ playground }) => {
        await fillIn(playground, guide, index + 1)
        const steps = (await readGuide(playground, guide.sections)).filter((step) => !isNotRun(step, guide))
        const changed = steps.map(change)
        expect(changed, 'something is left out').not.toEqual(steps)
        await following(guide, index + 1, async (follower) => {
          await follower.follow(
            changed.filter((step) => step !== null),
            stops,
          )
          await onceReady(() => expectRefusal(playground, told))
        })
      })
  })
}

/** A server that reads a changed file anew is away for a moment. */
const onceReady = (act: () => Promise<void>): Promise<void> => expect(act).toPass({ timeout: 60_000 })

const isNotRun = ({ text, code, what }: GuideStep, { notRun }: Guide): boolean =>
  what.kind !== 'words' && (notRun.test(text) || notRun.test(code))

async function fillIn(playground: PlaygroundPage, guide: Guide, number: number): Promise<void> {
  await playground.choose(guide.kind)
  await playground.unfold('Setup: ')
  for (const [label, value] of Object.entries(guide.address)) await playground.field(label).fill(value)
  await playground.connect(guide.typed(number))
}

/** Kept apart from what the user has: a new folder, which is also where kcadm.sh keeps who signed in. */
async function following(
  { name, starts, typed }: Guide,
  number: number,
  use: (follower: Follower) => Promise<void>,
): Promise<void> {
  const path = [await programsOf(name)]
  const follower = new Follower({ env: { CLIENT_SECRET: typed(number).secret ?? '' }, path, url: starts })
  try {
    await use(follower)
  } finally {
    await follower.end()
  }
}
