import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serversFor } from '../servers/servers.ts'
import { readLink } from './read-link.ts'

const known = serversFor('http://localhost:9000')
const own = '#1;server=own;'

describe('readLink', () => {
  it.each(['', '#', '#token', '#response', '#use-the-token', '#1', '#v1;x=1', '#a1;', '#access_token=x;'])(
    'leaves alone what is no link: %j',
    (fragment) => {
      expect(readLink(fragment, known)).toEqual({ kind: 'none' })
    },
  )

  it('reads a link with its # or without', () => {
    expect(readLink('1;server=practice', known)).toEqual(readLink('#1;server=practice', known))
    expect(readLink('#1;server=practice', known).kind).toBe('link')
  })

  it('gives the secret of a server to its own client alone', () => {
    const secretOf = (link: string) => {
      const read = readLink(link, known)
      return read.kind === 'link' ? read.connection?.config.client_secret : read
    }
    expect(secretOf('#1;server=practice;scope=write')).toBe('practice-secret')
    expect(secretOf('#1;server=practice;client=other')).toBe('')
  })

  const megabytes = `${own}scope=${'x'.repeat(10_000_000)}`
  it.each([
    ['10 MB', megabytes, `It has ${megabytes.length} characters, and at most 4000 are read.`],
    ['10 MB of members', `#1;${'scope=x;'.repeat(1_250_000)}`, /^It has \d+ characters/],
    ['deep nesting', `${own}scope=${'['.repeat(5000)}`, /^It has \d+ characters/],
    [
      'nesting instead of a member',
      '#1;[[[[[[[[{"a":1}',
      /^It has “\[{8}\{"a":1}” in it, which this version/,
    ],
    [
      'a version to come',
      '#2;server=practice',
      'It is of version 2 of the format, and this page reads version 1.',
    ],
    ['a version with a zero before it', '#01;server=practice', /^It is of version 01/],
    ['nothing', '#1;', 'Nothing is in it.'],
    ['no server', '#1;scope=read', 'It does not say for which server it is.'],
    [
      'a server of the prototype',
      '#1;server=__proto__',
      /^server is __proto__, which this version of the page does not/,
    ],
    ['a server of another page', '#1;server=saved-1', /^server is saved-1/],
    [
      '__proto__',
      `${own}__proto__=x`,
      /^It has “__proto__” in it, which this version of the page does not know/,
    ],
    ['constructor', `${own}constructor=x`, /^It has “constructor” in it/],
    [
      'a method of the prototype',
      `${own}auth=toString`,
      /^Client authentication is toString, and has to be one of client_secret_basic/,
    ],
    [
      'a secret by its name',
      `${own}client_secret=x`,
      /^It has client_secret in it, and no link of this page has a secret/,
    ],
    ['a header with its value', `${own}header=X-Key:+abc`, 'Header fields is X-Key: abc, which is no name.'],
    ['a parameter with its value', `${own}parameter=a%3Db`, 'Parameters is a=b, which is no name.'],
    ['a token', `${own}client=eyJhbGciOiJSUzI1NiJ9.e30.c2ln`, 'Client ID looks like a secret or a token.'],
    ['a private key', `${own}scope=-----BEGIN+PRIVATE+KEY-----`, 'Scope looks like a secret or a token.'],
    [
      'javascript:',
      `${own}endpoint=javascript:alert(1)`,
      'Token endpoint is javascript:alert(1), and has to be a URL that starts with https:// or http://.',
    ],
    [
      'data:',
      `${own}discovery=data:text/html,x`,
      /^Issuer or discovery URL is data:text\/html,x, and has to be a URL/,
    ],
    [
      'file:',
      `${own}endpoint=file:///etc/passwd`,
      /has to be a URL that starts with https:\/\/ or http:\/\//,
    ],
    ['a host behind a backslash', `${own}endpoint=https:%5C%5Cevil.example/token`, /has to be a URL/],
    [
      'a user name before the host',
      `${own}endpoint=https://id.example@evil.example/token`,
      'Token endpoint has a user name, a query or a fragment in its URL, where secrets are.',
    ],
    [
      'a query',
      `${own}endpoint=https://id.example/token%3Fa%3Db`,
      /^Token endpoint has a user name, a query or a fragment/,
    ],
    [
      'a query in a resource',
      `${own}resource=https://api.example/%3Fa%3Db`,
      /^Resource has a URL in it with a user name/,
    ],
    ['a path of no address', `${own}endpoint=~/token`, /^Token endpoint is ~\/token/],
    [
      'an address that goes on with the host',
      `${own}discovery=https://id.example;endpoint=~.evil.example/token`,
      /^Token endpoint is ~\.evil\.example\/token/,
    ],
    [
      'letters turned around',
      `${own}client=%E2%80%AEm2m`,
      'Client ID has characters in it that nobody sees: U+202E.',
    ],
    [
      'a zero-width space',
      `${own}scope=re%E2%80%8Bad`,
      'Scope has characters in it that nobody sees: U+200B.',
    ],
    ['an invisible host', `${own}endpoint=https://id%E2%80%8B.example/token`, /nobody sees: U\+200B/],
    ['an invisible name', `${own}sco%E2%80%8Bpe=x`, /^It has “sco%E2%80%8Bpe” in it/],
    ['a name with letters turned around', `${own}sco\u202Epe=x`, /^It has “sco\[U\+202E\]pe” in it/],
    ['a line break', `${own}scope=a%0Ab`, 'Scope has a line break or a tab in it.'],
    ['a null', `${own}scope=a%00b`, /nobody sees: U\+0000/],
    ['a % alone', `${own}scope=100%`, /^scope is not written as a link is/],
    ['bytes that are no UTF-8', `${own}scope=%C0%AF`, /^scope is not written as a link is/],
    ['a name alone', `${own}scope`, /^scope is not written as a link is/],
    ['two scopes', `${own}scope=a;scope=b`, 'scope is in it 2 times.'],
    ['two servers', '#1;server=own;server=practice', 'server is in it 2 times.'],
    ['too many resources', own + 'resource=urn:a;'.repeat(21), 'resource is in it 21 times.'],
    [
      'a number that is none',
      `${own}skew=1e9`,
      /^Clock skew is 1e9, and has to be a number from -86400 to 86400\./,
    ],
    ['a lifetime of years', `${own}lifetime=99999999`, /has to be a number from 1 to 86400/],
    ['a flag that is none', `${own}dpop=yes`, /has to be 1 or 0/],
    [
      'a lesson with markup',
      '#1;lesson=%3Cimg+src%3Dx%3E',
      /^lesson is <img src=x>: the name of a lesson is of a-z/,
    ],
    ['a lesson in another folder', '#1;lesson=../x', /the name of a lesson/],
    ['a lesson with a long name', `#1;lesson=${'a'.repeat(41)}`, /the name of a lesson/],
  ])('refuses %s', (_what, fragment, reason) => {
    const read = readLink(fragment, known)
    expect(read.kind).toBe('refused')
    expect(read.kind === 'refused' && read.reason).toMatch(reason)
    expect(JSON.stringify(read).length).toBeLessThan(1000)
  })

  it('adds nothing to the prototype of anything', () => {
    readLink(`${own}__proto__=x;constructor=y;scope=z`, known)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('never throws, and its reason hides nothing', () => {
    const member = fc.tuple(
      fc.constantFrom('server', 'scope', 'endpoint', 'resource', 'lesson', 'x'),
      fc.string({ unit: 'binary' }),
    )
    const members = fc.array(member.map((pair) => pair.join('='))).map((all) => `#1;${all.join(';')}`)
    fc.assert(
      fc.property(
        fc.oneof(
          members,
          fc.string().map((text) => `#1;${text}`),
          fc.string({ unit: 'binary' }),
        ),
        (fragment) => {
          const read = readLink(fragment, known)
          if (read.kind === 'refused')
            expect(read.reason).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\0\n]/)
        },
      ),
      { numRuns: 100 },
    )
  })
})
