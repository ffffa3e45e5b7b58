import type { Fix } from '../../explanation/explanation.ts'
import { rfc } from '../../spec.ts'
import type { Rule, Tell } from './rule.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { withoutSecrets } from '../evidence/target.ts'
import { openInTab, readConsole } from './common-fixes.ts'
import { becauseSlow, handshook } from './timing.ts'

/** Of a server that is known, its metadata: a token endpoint shows nothing in a tab, and nobody knows whether it worked. */
const accept = ({ url, evidence: { known } }: Symptoms) => ({
  text: `Open ${known?.metadata ?? url.origin} in a tab and accept the certificate, if you know it; then try again`,
  href: withoutSecrets(known?.metadata ?? url.href),
})

const trust = ({ evidence: { known } }: Symptoms): Fix =>
  known?.trust
    ? `For good: ${known.trust}`
    : 'For good: use a certificate of a CA this machine trusts; mkcert makes one for development.'

/** TLS that does not come about. */
export const certificateCauses = {
  tls: (symptoms) => ({
    title: 'The secure connection (TLS) fails',
    meaning: `Most often this browser does not trust the certificate of ${symptoms.url.host}: it is self-signed, expired, or made for another name. Pages are not told which; else the port does not speak TLS at all. No credential was sent.`,
    fixes: [accept(symptoms), trust(symptoms), readConsole],
    spec: [rfc(9110, '4.3.4')],
  }),
  'certificate-authority': (symptoms) => ({
    title: 'The certificate is not from an authority this browser trusts',
    meaning: `${symptoms.url.host} shows a self-signed certificate, or one of a CA unknown here. No credential was sent.`,
    fixes: [accept(symptoms), trust(symptoms)],
    spec: [rfc(9110, '4.3.4')],
  }),
  'certificate-date': (symptoms) => ({
    title: 'The certificate has expired, or is not valid yet',
    meaning: `The certificate of ${symptoms.url.host} is not valid by this machine’s clock. No credential was sent.`,
    fixes: ['Renew the certificate.', 'Set this machine’s clock.', accept(symptoms)],
    spec: [rfc(9110, '4.3.4')],
  }),
  'certificate-name': (symptoms) => ({
    title: `The certificate is made for another name than ${symptoms.url.hostname}`,
    meaning:
      'The names in the certificate (subjectAltName) do not include the host of the URL. No credential was sent.',
    fixes: ['Use the name the certificate is made for.', trust(symptoms), openInTab(symptoms)],
    spec: [rfc(9110, '4.3.4')],
  }),
  'untrusted-https': (symptoms) => ({
    title: 'The server may speak https:, with a certificate this browser does not trust',
    meaning:
      'Something responds to http: there, and this page sees nothing of it: a TLS port responds to http: with a 400 of its own. To https: nothing came, as it is without a certificate that the browser trusts.',
    fixes: [symptoms.elsewhere('other-scheme') ?? []].flat().flatMap((url) => [
      { text: `Open ${new URL(url).origin} in a tab, and accept its certificate`, href: withoutSecrets(url) },
      { text: 'Change http: to https:', moveTo: url },
    ]),
    spec: [rfc(9110, '4.2.2')],
  }),
} as const satisfies Record<string, Tell>

/** The port speaks plain HTTP: a TLS port that rejects it with a 400, or no TLS port at all. */
const answersPlainly = ({ was }: Symptoms): boolean => was('other-scheme', 'answered')

export const certificateRules: readonly Rule<keyof typeof certificateCauses>[] = [
  {
    cause: 'tls',
    certainty: (symptoms) => (symptoms.tlsAlert ? 'certain' : 'likely'),
    when: (symptoms) =>
      symptoms.silent &&
      symptoms.url.protocol === 'https:' &&
      !symptoms.speaksPlainly &&
      (symptoms.tlsAlert || handshook(symptoms) || answersPlainly(symptoms)),
    because: (symptoms) => [
      ...(symptoms.tlsAlert
        ? ['A web socket to the same port closed with 1015, a failed TLS handshake.']
        : []),
      ...(handshook(symptoms) ? [becauseSlow] : []),
      ...(answersPlainly(symptoms)
        ? ['The port responds to http:, but not so that this page may read it.']
        : []),
    ],
  },
]

/** If neither a web socket nor the clock shows it: a measurement can miss it, and some browsers offer none. */
export const certificateAlternatives: readonly Rule<keyof typeof certificateCauses>[] = [
  {
    cause: 'tls',
    certainty: 'likely',
    when: ({ silent, url, speaksPlainly, was }) =>
      silent && url.protocol === 'https:' && !speaksPlainly && !was('tls', 'closed'),
  },
]

/** One of several reasons why a page reads nothing there, if it never read anything by http:. */
export const untrustedAlternatives: readonly Rule<keyof typeof certificateCauses>[] = [
  {
    cause: 'untrusted-https',
    certainty: 'likely',
    when: ({ up, readable, url, was, evidence: { before, known } }) =>
      up &&
      !readable &&
      url.protocol === 'http:' &&
      url.port !== '' &&
      // That it is another path explains it.
      (known?.elsewhere ?? null) === null &&
      was('other-scheme', 'failed') &&
      before.metadata !== 'read' &&
      !before.succeeded &&
      !before.refused,
  },
]
