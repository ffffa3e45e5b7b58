import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../../oauth/config/config.ts'
import { serversFor } from '../servers.ts'
import { frameworkForm, type FrameworkId, frameworkParts, frameworks, usualFramework } from './frameworks.ts'

const origin = 'https://page.example:8443'
const ids = Object.keys(frameworks) as FrameworkId[]
const config = {
  ...emptyConfig,
  discovery: 'https://as.example',
  resource: ['https://api.example/"quoted"'],
  scope: 'tools:call more',
}
const form = frameworkForm(config, 'https://api.example/things?id=1', origin)
const stepsOf = (id: FrameworkId, topic: 'cors' | 'api') =>
  frameworkParts(id, topic, form).flatMap(({ steps }) => steps)

describe('the form', () => {
  it('gives issuer, audience and path, and placeholders for what it does not hold', () => {
    expect(form).toEqual({
      origin,
      path: '/things',
      issuer: 'https://as.example',
      audience: 'https://api.example/"quoted"',
      scope: 'tools:call',
    })
    expect(frameworkForm(emptyConfig, '', origin)).toEqual({
      origin,
      path: '/',
      issuer: 'https://issuer.example',
      audience: 'https://api.example',
      scope: 'mcp:tools',
    })
    expect(frameworkForm({ ...emptyConfig, audience: 'api' }, '', origin).audience).toBe('api')
    expect(frameworkForm(emptyConfig, 'https://one.example/x', origin).audience).toBe('https://one.example')
  })
})

describe.each(ids)('%s', (id) => {
  it('allows the origin of this page, for refusals too, and exposes the challenge', () => {
    const code = stepsOf(id, 'cors')
      .map((step) => step.code ?? '')
      .join('\n')
    expect(code).toContain(origin)
    expect(code).toContain('WWW-Authenticate')
  })

  it('tells a page that was opened as a file what its origin is, and lists no origin', () => {
    const parts = frameworkParts(id, 'cors', { ...form, origin: 'null' })
    expect(parts.flatMap(({ steps }) => steps.map(({ text }) => text))).toEqual([
      expect.stringContaining('“null”'),
    ])
  })

  it('tells an API besides what to check of a token, and what a DPoP proof meets', () => {
    expect(frameworkParts(id, 'cors', form)).toHaveLength(1)
    const parts = frameworkParts(id, 'api', form)
    expect(parts).toHaveLength(3)
    for (const { steps } of parts) expect(steps.length).toBeGreaterThan(0)
    expect(JSON.stringify(parts)).toMatch(/DPoP/)
  })

  it('is written in whole sentences, with sources by https, and with no code that another step repeats', () => {
    const steps = stepsOf(id, 'api')
    for (const { text, source } of steps) {
      expect(text).toMatch(/^[^ ].*[.:]$/)
      if (source) expect(source.href).toMatch(/^https:\/\//)
    }
    const codes = steps.flatMap(({ code }) => (code === undefined ? [] : [code]))
    expect(new Set(codes).size).toBe(codes.length)
  })
})

it.each([
  'spring',
  'asp-net',
  'django',
  'fastapi',
  'express',
  'mcp-typescript',
  'mcp-python',
  'mcp-fastmcp',
] as const)('%s: issuer and audience of the form are in the code, as one string each', (id) => {
  const code = frameworkParts(id, 'api', form)
    .flatMap(({ steps }) => steps.map((step) => step.code ?? ''))
    .join('\n')
  expect(code).toContain('"https://as.example"')
  expect(code).toContain('"https://api.example/\\"quoted\\""')
})

it.each(['nginx', 'apache'] as const)('%s: the path is that of what is called', (id) => {
  expect(JSON.stringify(stepsOf(id, 'cors'))).toContain('\\"/things\\"')
})

describe.each(['mcp-typescript', 'mcp-python', 'mcp-fastmcp'] as const)('%s', (id) => {
  const code = (topic: 'cors' | 'api', config = form) =>
    frameworkParts(id, topic, config)
      .flatMap(({ steps }) => steps.map((step) => step.code ?? ''))
      .join('\n')

  it.each([
    'Authorization',
    'Content-Type',
    'Mcp-Method',
    'Mcp-Name',
    'MCP-Protocol-Version',
    'Mcp-Session-Id',
  ])('allows the header field %s, once', (name) => {
    const allowed = /allow(?:ed)?_?headers[:=] ?\[([^\]]+)\]/i.exec(code('cors'))?.[1] ?? ''
    expect(allowed.split(/['", ]+/).filter((one) => one === name)).toEqual([name])
  })

  it('has the scope, and the whole URL as audience, also if the form has the origin alone', () => {
    expect(code('api')).toContain('["tools:call"]')
    const whole = { ...form, audience: 'https://mcp.example', path: '/mcp' }
    expect(code('api', whole)).toContain('"https://mcp.example/mcp"')
  })
})

it('what is usual next to a server is one of them, and the servers are there', () => {
  const kinds = serversFor('http://localhost:9000').map(({ kind }) => kind)
  for (const [kind, id] of Object.entries(usualFramework)) {
    expect(kinds).toContain(kind)
    expect(ids).toContain(id)
  }
})
