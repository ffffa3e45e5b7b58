import { describe, expect, it } from 'vitest'
import { isLoopbackAddress, neverReached, notPublic } from './addresses.ts'

describe('neverReached', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    '[fd00:ec2::254]',
    '[fe80::a9fe:a9fe]',
    '[::]',
    // The same address, dressed up.
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[::a9fe:a9fe]',
    '[::ffff:0:a9fe:a9fe]',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b:1::a9fe:a9fe]',
    '[2002:a9fe:a9fe::1]',
    'metadata.google.internal',
    'metadata.google.internal.',
  ])('%s', (host) => {
    expect(neverReached(host)).toContain('credentials of its machines')
  })

  it.each([
    'http://2852039166',
    'http://0xa9fea9fe',
    'http://0251.0376.0251.0376',
    'http://169.254.43518',
    'http://[0:0::ffff:169.254.169.254]',
  ])('%s, which the URL parser reads as a metadata address', (url) => {
    expect(neverReached(new URL(url).hostname)).not.toBeNull()
  })

  it.each([
    'localhost',
    '127.0.0.1',
    '[::1]',
    '10.1.2.3',
    '192.168.1.1',
    '[fd12::1]',
    'auth.example',
    '93.184.215.14',
  ])('lets %s be named', (host) => {
    expect(neverReached(host)).toBeNull()
  })
})

describe('notPublic', () => {
  it.each([
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '198.18.0.1',
    'fd12:3456::1',
    'fe80::1%eth0',
    '169.254.169.254',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '0.0.0.0',
    '::',
  ])('%s', (address) => {
    expect(notPublic(address)).toContain(address)
  })

  it.each([
    '93.184.215.14',
    '172.32.0.1',
    '100.128.0.1',
    '2606:2800:21f::1',
    '::ffff:93.184.215.14',
    '64:ff9b::808:808',
  ])('accepts %s', (address) => {
    expect(notPublic(address)).toBeNull()
  })
})

it('knows this machine', () => {
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([true, true, true])
  expect(['10.0.0.1', '::2', '2606:2800:21f::1'].map(isLoopbackAddress)).toEqual([false, false, false])
})
