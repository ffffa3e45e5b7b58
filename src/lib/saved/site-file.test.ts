import { describe, expect, it } from 'vitest'
import { serversFor } from '../servers/servers.ts'
import { readSiteFile } from './site-file.ts'

const known = serversFor('http://localhost:9000')
const read = (file: unknown) => readSiteFile(JSON.stringify(file), known)

/** Own servers that have what they need. */
const team = { name: 'Team', discovery: 'https://id.example' }

describe('playground.json', () => {
  it('says nothing as the build ships it', () => {
    const nothing = { title: null, notice: null, servers: null, server: null, hide: [], problems: [] }
    expect(read({})).toEqual(nothing)
  })

  it('has title, notice, servers in their order, the first of them and what is hidden', () => {
    const own = {
      ...team,
      client_id: 'm2m',
      scope: 'read',
      token_endpoint_auth_method: 'client_secret_basic',
    }
    const file = {
      title: 'Lab',
      notice: 'Ask https://wiki.example/lab.\nBe kind.',
      servers: [own, 'practice', 'keycloak'],
      server: 'Team',
      hide: ['keys', 'dpop'],
    }
    const site = read(file)
    expect(site.problems).toEqual([])
    expect(site).toMatchObject({
      title: 'Lab',
      notice: file.notice,
      server: 'site-Team',
      hide: ['keys', 'dpop'],
    })
    expect(site.servers?.map(({ id }) => id)).toEqual(['site-Team', 'practice', 'keycloak'])
    expect(site.servers?.[0]).toMatchObject({ kind: 'own', group: 'site', inPage: false })
    expect(site.servers?.[0]?.config).toMatchObject({
      discovery: 'https://id.example',
      token_endpoint: '',
      client_id: 'm2m',
      client_secret: '',
      scope: 'read',
      token_endpoint_auth_method: 'client_secret_basic',
    })
  })

  it('may name the built-in server whose guide applies, of which it has neither client nor secret', () => {
    const [server] = read({ servers: [{ ...team, like: 'simpleidserver' }] }).servers ?? []
    expect(server?.kind).toBe('simpleidserver')
    expect(server?.config).toMatchObject({ client_id: '', client_secret: '', scope: '', token_endpoint: '' })
  })

  it('may begin with the mark of an editor', () => {
    expect(readSiteFile('\uFEFF{"title":"Lab"}', known).title).toBe('Lab')
  })

  it('spells out what nobody sees', () => {
    expect(read({ title: 'a\u202Eb' }).title).toBe('a[U+202E]b')
  })

  it.each([
    ['no JSON', '{title: 1}', /^Not JSON/],
    ['no object', '[]', /not an object/],
    ['too long', ' '.repeat(65_537), /65537 characters, and at most 65536/],
  ])('is not used at all if it is %s', (_what, text, problem) => {
    const site = readSiteFile(text, known)
    expect(site.problems).toEqual([expect.stringMatching(problem)])
    expect(site.servers).toBeNull()
  })

  it.each<[what: string, file: object, problem: RegExp]>([
    ['a member nobody knows', { titel: 'Lab' }, /^titel of the file is not known .*reads title, notice,/],
    ['a title that is no text', { title: 7 }, /^title has to be a text/],
    ['a title that is too long', { title: 'x'.repeat(61) }, /^title has 61 characters, and at most 60/],
    ['a blank notice', { notice: ' ' }, /^notice has to be a text/],
    ['servers that are no list', { servers: {} }, /^servers has to be a list/],
    ['a server nobody knows', { servers: ['keycloack'] }, /^servers\[0\] is "keycloack".*practice, local/],
    ['a server of another kind', { servers: [1] }, /^servers\[0\] has to be the id/],
    [
      'a server without addresses',
      { servers: [{ name: 'A' }] },
      /^servers\[0\] is not used: it needs a name/,
    ],
    [
      'an address that is none',
      { servers: [{ ...team, discovery: 'id' }] },
      /^servers\[0\]\.discovery is "id"/,
    ],
    ['a script as address', { servers: [{ ...team, discovery: 'javascript:1' }] }, /starts with https/],
    [
      'a method nobody knows',
      { servers: [{ ...team, token_endpoint_auth_method: 'x' }] },
      /has to be one of/,
    ],
    ['like what is not there', { servers: [{ ...team, like: 'x' }] }, /^servers\[0\]\.like is "x"/],
    ['a name twice', { servers: [team, team] }, /^servers has Team twice/],
    [
      'a first one that is not offered',
      { servers: ['own'], server: 'practice' },
      /^server is "practice".*: own\./,
    ],
    [
      'something else to hide',
      { hide: ['history'] },
      /^hide\[0\] is "history", and only these can be hidden/,
    ],
    ['too many', { servers: Array(51).fill('practice') }, /^servers has 51 entries, and at most 50/],
    ['a prototype', { servers: ['__proto__'] }, /^servers\[0\] is "__proto__"/],
  ])('is used without what is wrong, and says it: %s', (_what, file, problem) => {
    const site = read({ notice: 'Still here.', ...file })
    expect(site.problems.join('\n')).toMatch(problem)
    if (!('notice' in file)) expect(site.notice).toBe('Still here.')
  })

  it.each([
    ['client_secret', { client_secret: 's3cret-of-team' }],
    ['a password', { password: 's3cret-of-team' }],
    ['a URL with one', { discovery: 'https://user:s3cret-of-team@id.example' }],
    ['a query with one', { token_endpoint: 'https://id.example/token?api_key=s3cret-of-team' }],
  ])('uses no server that has a secret, and does not repeat it: %s', (_what, more) => {
    const site = read({ servers: ['practice', { ...team, ...more }] })
    expect(site.servers?.map(({ id }) => id)).toEqual(['practice'])
    expect(site.problems).toEqual([expect.stringMatching(/servers\[1\]\.\w+ is a secret, or has one in it/)])
    expect(JSON.stringify(site)).not.toContain('s3cret-of-team')
  })

  it('offers what is built in if no server of the list can be used', () => {
    const site = read({ servers: ['x'], server: 'keycloak' })
    expect(site.servers).toBeNull()
    expect(site.server).toBe('keycloak')
  })
})
