import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

/** Where a pasted or a readable redirect leads; `null` if there is none, or it leads to no http(s) URL. */
export function redirectOf({ pasted, came, sent: { url } }: Facts): URL | null {
  const location = /^(?:< )?location: *(\S+)/im.exec(pasted)?.[1] ?? came.location
  if (location === null || !URL.canParse(location, url.href)) return null
  const to = new URL(location, url.href)
  return /^https?:$/.test(to.protocol) ? to : null
}

const bare = ({ pathname }: URL): string => pathname.replace(/\/$/, '')

/** Whether a redirect leads to the same path with a slash more or less at its end, and not to another scheme. */
export function isSlashAway(facts: Facts): boolean {
  const { url } = facts.sent
  const to = redirectOf(facts)
  return to?.protocol === url.protocol && to.pathname !== url.pathname && bare(to) === bare(url)
}

/** Whether a redirect leads to a page on which people log in. */
export const isToLogin = (facts: Facts): boolean =>
  /\/(log|sign)[-_]?in\b/i.test(redirectOf(facts)?.pathname ?? '')

const hasSlash = ({ sent: { url } }: Facts): boolean => url.pathname.endsWith('/')

/** The same URL with a slash at its end, or without one. */
function otherSlash(facts: Facts): Fix {
  const { url } = facts.sent
  const path = hasSlash(facts) ? bare(url) : `${url.pathname}/`
  const to = url.origin + path + url.search
  return { text: `Use ${quoted(to)}, ${hasSlash(facts) ? 'without the slash' : 'with a slash'}`, moveTo: to }
}

/** That the path is another one than the server has, by a slash. */
export const redirected = {
  'slash-at-end': cause({
    stage: 'route',
    title: (facts) =>
      hasSlash(facts) ? 'The path has a slash too many at its end' : 'The path lacks a slash at its end',
    meaning: (facts) =>
      `The server has this path ${hasSlash(facts) ? 'without the slash' : 'with a slash'} only. It does not read the body of a request to the other: a redirected POST arrives without it, or is not sent again.`,
    fixes: (facts) => [otherSlash(facts)],
    spec: [rfc(9110, '15.4')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
