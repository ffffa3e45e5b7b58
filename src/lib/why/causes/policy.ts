import type { Fix } from '../../explanation/explanation.ts'
import { originOf } from '../../http/message.ts'
import { fetchStandard, rfc } from '../../spec.ts'
import { contentSecurityPolicy, localNetworkAccess, mixedContent } from '../../standards.ts'
import type { Rule, Tell } from './rule.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { openInTab, readConsole, runLocally } from './common-fixes.ts'

/** What the browser itself forbids. */
export const policyCauses = {
  'bad-url': ({ facts }) => ({
    title:
      facts.badUrl === 'credentials'
        ? 'The URL has a user name or password in it'
        : 'The URL is not one of http: or https:',
    meaning:
      facts.badUrl === 'credentials'
        ? 'No page may fetch such a URL; the request was never made.'
        : 'A page cannot call anything else; the request was never made.',
    fixes: [
      facts.badUrl === 'credentials'
        ? 'Remove what is before the @ from the URL: the client’s credentials have fields of their own.'
        : 'Write the URL with https:// or http:// in front.',
    ],
    spec: [rfc(9110, '4.2.4')],
  }),
  'blocked-port': ({ url }) => ({
    title: `Browsers refuse to fetch from port ${url.port}`,
    meaning: 'The port belongs to another protocol, and every browser blocks it. The request never left.',
    fixes: ['Let the server listen on another port, 8443 or 8080 for one.'],
    spec: [fetchStandard('port-blocking')],
  }),
  csp: ({ evidence: { violation } }) => ({
    title: 'This page’s own policy forbids the request',
    meaning: `The copy of this page is served with a Content-Security-Policy whose ${violation?.directive ?? 'connect-src'} does not allow the server. The request never left.`,
    fixes: [
      'Let whoever hosts this copy allow it: connect-src https: http:',
      'Use another copy of this page: run it with npm start.',
    ],
    spec: [contentSecurityPolicy],
  }),
  'mixed-content': ({ url, facts, evidence }) => ({
    title:
      facts.mixed === 'loopback'
        ? `This browser lets no page of https: call ${url.origin}`
        : 'A page of https: may not call http:',
    meaning:
      facts.mixed === 'loopback'
        ? `This page came from ${evidence.page.origin}. Safari and every other browser made with WebKit treat http: as mixed content even if it stays on this machine, and send nothing. So this says nothing of the server, which may well run.`
        : `This page came from ${evidence.page.origin}, the server is at ${url.origin}: mixed content, which the browser blocked before anything was sent.`,
    fixes: [
      {
        text: 'Change http: to https:, if the server speaks it',
        moveTo: url.href.replace(/^http:/, 'https:'),
      },
      runLocally,
      ...(facts.mixed === 'loopback' ? waysOutOfWebKit : []),
      ...(facts.mixed === 'exempt' || evidence.page.engine === 'chromium'
        ? [
            'Chromium lets private addresses and names of .local pass, once you allow this page the local network.',
          ]
        : []),
    ],
    spec: [mixedContent],
  }),
  'insecure-page': ({ facts, evidence }) => ({
    title: 'A page of http: may not call the local network',
    meaning: `This page came from ${evidence.page.origin}, which is no secure context. The browser does not let it reach ${spaceWords[facts.crossesInto ?? 'local']}, and does not ask you either.`,
    fixes: ['Open this page over https:, or from http://localhost.', runLocally],
    spec: [localNetworkAccess],
  }),
  'lna-waiting': ({ facts }) => ({
    title: 'The browser is waiting for your permission',
    meaning: `A page from a public address may reach ${spaceWords[facts.crossesInto ?? 'local']} only if you allow it. Nothing is sent before you decide.`,
    fixes: ['Look at the top left of the window, where the browser asks, and choose Allow.', runLocally],
    spec: [localNetworkAccess],
  }),
  'lna-denied': ({ facts }) => ({
    title: 'The browser keeps this page away from the local network',
    meaning: `Permission to reach ${spaceWords[facts.crossesInto ?? 'local']} was denied to this page. Nothing was sent.`,
    fixes: [
      'Open the site settings, by the icon left of the address, and allow the local network, or apps on this device.',
      runLocally,
    ],
    spec: [localNetworkAccess],
  }),
  'inside-browser': (symptoms) => ({
    title: 'Something in this browser blocked the request',
    meaning:
      'It never got as far as the network. An extension such as an ad blocker, or a policy of the organisation, does that.',
    fixes: [
      'Try in a private window, where extensions are off, or switch the blocker off for this page.',
      readConsole,
      openInTab(symptoms),
    ],
    spec: [fetchStandard('concept-network-error')],
  }),
} as const satisfies Record<string, Tell>

/** Measured: both are sent. */
const waysOutOfWebKit: readonly Fix[] = [
  'Use Chrome, Edge or Firefox for it: they let a page of https: call this machine.',
  'Or save playground.html, the whole page as one file, and open it from the disk.',
]

const spaceWords = { loopback: 'this machine itself', local: 'the local network' }

const quick = ({ silent, evidence }: Symptoms): boolean =>
  silent && evidence.exchange?.result.kind !== 'pending'

/** In order of likelihood. */
export const policyRules: readonly Rule<keyof typeof policyCauses>[] = [
  { cause: 'bad-url', certainty: 'certain', when: ({ facts }) => facts.badUrl !== null },
  { cause: 'blocked-port', certainty: 'certain', when: ({ facts }) => facts.blockedPort },
  {
    cause: 'csp',
    certainty: 'certain',
    when: ({ evidence }) => evidence.violation !== null,
    because: ({ evidence: { violation } }) =>
      violation
        ? [
            `The browser reported a violation of ${violation.directive} by ${originOf(violation.blocked) ?? 'the request'}.`,
          ]
        : [],
  },
  {
    cause: 'mixed-content',
    certainty: 'certain',
    when: ({ facts }) => facts.mixed === 'blocked',
    because: ({ evidence, url }) => [`The page is of ${evidence.page.origin}, the URL of ${url.origin}.`],
  },
  {
    // Not certain, as a later WebKit may let it pass; what comes through shows that it does.
    cause: 'mixed-content',
    certainty: 'likely',
    when: ({ facts, silent }) => facts.mixed === 'loopback' && silent,
    because: ({ evidence, url }) => [
      `The page is of ${evidence.page.origin}, the URL of ${url.origin}, the browser is made with WebKit.`,
    ],
  },
  {
    cause: 'insecure-page',
    certainty: 'likely',
    when: ({ facts, up, sent }) => facts.insecureCrossing && !up && sent !== 'redirected',
    because: () => ['This page is not a secure context.'],
  },
  {
    cause: 'lna-waiting',
    certainty: 'likely',
    when: ({ facts, evidence, stuck, up, sent }) =>
      facts.crossesInto !== null &&
      evidence.permission === 'prompt' &&
      (stuck || (!up && sent === 'pending' && evidence.probes.length === 0)),
    because: () => ['The permission for the local network is not decided yet.'],
  },
  {
    cause: 'lna-denied',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.facts.crossesInto !== null && symptoms.evidence.permission === 'denied' && quick(symptoms),
    because: () => ['The permission for the local network is denied.'],
  },
  {
    cause: 'inside-browser',
    certainty: 'likely',
    when: ({ silent, wire, result }) =>
      silent && [wire, wireOf(result('no-cors-get')), wireOf(result('cors-get'))].includes('blocked'),
    because: () => ['The browser keeps no timing of it, as of a request it never made.'],
  },
]

const wireOf = (result: ReturnType<Symptoms['result']>) =>
  result?.kind === 'failed' ? result.wire : 'unknown'

/** What else may be, if nothing shows it: after everything else. */
export const policyAlternatives: readonly Rule<keyof typeof policyCauses>[] = [
  {
    // A browser nobody knows may do as WebKit does.
    cause: 'mixed-content',
    certainty: 'likely',
    when: ({ silent, url, evidence: { page } }) =>
      silent && page.engine === 'other' && page.origin.startsWith('https:') && url.protocol === 'http:',
    because: ({ evidence, url }) => [`The page is of ${evidence.page.origin}, the URL of ${url.origin}.`],
  },
  {
    cause: 'lna-denied',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.facts.crossesInto !== null && symptoms.evidence.permission !== 'denied' && quick(symptoms),
    because: ({ evidence }) =>
      evidence.permission === 'granted' ? [] : ['The page needs a permission for the local network.'],
  },
  {
    cause: 'inside-browser',
    certainty: 'likely',
    when: ({ silent, connected, wire }) => silent && connected === null && wire === 'unknown',
  },
]
