import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { tracesIn } from './traces.ts'

const secret = 's3cret+that must/not?leak~é'
const folders: string[] = []

function folderWith(content: Buffer | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'playground-traces-'))
  folders.push(folder)
  mkdirSync(join(folder, 'Default', 'Sessions'), { recursive: true })
  writeFileSync(join(folder, 'Default', 'Sessions', 'Session_1'), content)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const around = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')])
const blockOf = (content: string): Buffer => {
  const bytes = Buffer.from(content)
  return Buffer.concat([
    Buffer.of(0x80 | (bytes.length & 127), bytes.length >> 7, 60 << 2, bytes.length - 1),
    bytes,
  ])
}

describe('a text in a folder', () => {
  it.each([
    ['as it is', Buffer.from(secret)],
    ['as it is, UTF-16', Buffer.from(secret, 'utf16le')],
    ['percent-encoded', Buffer.from(encodeURIComponent(secret))],
    ['form-encoded', Buffer.from(`a=1&b=${new URLSearchParams([['', secret]]).toString().slice(1)}`)],
    ['form-encoded, UTF-16', Buffer.from(new URLSearchParams([['', secret]]).toString(), 'utf16le')],
    ['base64', Buffer.from(Buffer.from(`Basic m2m:${secret}!`).toString('base64'))],
    ['base64', Buffer.from(Buffer.from(`x${secret}`).toString('base64'))],
    ['base64url', Buffer.from(Buffer.from(`xy${secret}xyz`).toString('base64url'), 'utf16le')],
    ['base64 of UTF-16', Buffer.from(Buffer.from(`x${secret}`, 'utf16le').toString('base64'))],
    [
      'in Snappy',
      blockOf(`${'-'.repeat(150)}${Buffer.from(secret).toString('latin1') === '' ? '' : secret}`),
    ],
  ])('is found %s', (_form, bytes) => {
    const traces = tracesIn(folderWith(around(bytes)), [secret, 'something else'])
    expect(traces.length).toBeGreaterThan(0)
    expect(new Set(traces.map(({ text, file }) => `${text} in ${file}`))).toEqual(
      new Set([`${secret} in ${join('Default', 'Sessions', 'Session_1')}`]),
    )
  })

  it('is found in mozLz4, where a repeat cuts it', () => {
    const size = Buffer.alloc(12)
    size.write('mozLz40\0')
    size.writeUInt32LE(28, 8)
    const block = ['\xaaa-secret-o', '\n\0', '@f-it'].map((part) => Buffer.from(part, 'latin1'))
    const traces = tracesIn(folderWith(Buffer.concat([size, ...block])), ['a-secret-oa-secret-oa-sef-it'])
    expect(traces.map(({ form }) => form)).toEqual(['as it is in mozLz4'])
  })

  it('is found as the bytes of which it is the base64', () => {
    const key = Buffer.alloc(32, 'key')
    const traces = tracesIn(folderWith(around(key)), [key.toString('base64url')])
    expect(traces.map(({ form }) => form)).toEqual(['as the bytes of its base64'])
  })

  it('is not found where it is not', () => {
    expect(tracesIn(folderWith(around(Buffer.from('nothing of it'))), [secret])).toEqual([])
  })
})
