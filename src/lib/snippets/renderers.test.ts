import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../http/message.ts'
import { renderers } from './renderers.ts'

const form = (body: string, members: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url: 'https://u:hush@as.example/token#part',
  headers: [['content-type', 'application/x-www-form-urlencoded']],
  body,
  ...members,
})

const others = Object.entries(renderers).filter(([name]) => name !== 'oauth4webapi')

describe.each(others)('%s', (_name, { render }) => {
  const code = (request: HttpRequest) => render({ request }, 'variables') ?? expect.unreachable()

  it('says how long what is signed is good for, and where it is specified', () => {
    const text = code(
      form('client_assertion=eyJ.e30.c2ln', { headers: [...form('').headers, ['DPoP', 'eyJ.e30.c2ln']] }),
    )
    expect(text).toMatch(/client_assertion lives for seconds.*RFC 7523 section 3/)
    expect(text).toMatch(/DPoP lives for seconds.*RFC 9449 section 4.2/)
  })

  it('writes down what was signed for this request alone, if that is asked for', () => {
    const request = form('client_secret=hush-hush&client_assertion=eyJ.e30.c2ln', {
      headers: [...form('').headers, ['DPoP', 'eyJ.e30.cHJvb2Y'], ['Authorization', 'DPoP long-lived']],
    })
    const written = ['eyJ.e30.c2ln', 'eyJ.e30.cHJvb2Y']
    const text = render({ request }, { written }) ?? expect.unreachable()
    for (const jwt of written) expect(text).toContain(jwt)
    // Another JWT of that name was signed by somebody else, and may live for long.
    const others = render({ request }, { written: written.slice(1) }) ?? expect.unreachable()
    expect(others).not.toContain('eyJ.e30.c2ln')
    expect(text).toMatch(/client_assertion is good for one request within seconds/)
    expect(text).not.toMatch(/hush-hush|long-lived/)
  })

  it('has no comment that a shell could read as the beginning of a quote', () => {
    const text = code(form('pwd=x&client_assertion=eyJ.e30.c2ln', { headers: [['X-Own', 'é']] }))
    const comments = text.split('\n').filter((line) => /^(?:#|\/\/|rem) /.test(line))
    expect(comments.length).toBeGreaterThan(0)
    expect(comments.join('\n')).not.toMatch(/['"`’]/)
  })

  it('names variables by what they hold, none as the system names one of its own', () => {
    const text = code(form('pwd=x&path=eyJhbGciOiJub25lIn0.e30.&token=a&token=b&token=a'))
    for (const name of ['PWD_VALUE', 'PATH_VALUE', 'TOKEN', 'TOKEN_2']) expect(text).toContain(name)
    expect(text).not.toContain('TOKEN_3')
  })

  it('has nothing of the URL that is not sent', () => {
    expect(code(form('a=b'))).not.toMatch(/hush|part/)
  })
})

describe('what a language cannot write as it is', () => {
  const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: [], body: null })

  it('is percent-encoded for java.net.URI, and said', () => {
    const text = renderers.java.render({ request: get('https://as.example/a[b]|?c[d]={e}') }, 'shown')
    expect(text).toContain('"https://as.example/a%5Bb%5D%7C?c[d]=%7Be%7D"')
    expect(text).toContain('java.net.URI accepts only some characters')
  })

  it('has a backslash before what curl would expand', () => {
    const text = renderers.curlCmd.render({ request: get('https://as.example/?q={{a}}&code=x') }, 'variables')
    expect(text).toContain('?q=\\{{a}}^&code={{CODE}}')
  })

  it('is said of a body that an editor reads', () => {
    const request = { ...get('https://as.example/'), method: 'POST', body: '# {{a}}' }
    expect(renderers.httpFile.render({ request }, 'shown')).toContain('The editor may change this body')
  })
})
