import { describe, expect, test } from 'vitest'
import { addressesOf, isPublic, systemLookUp } from './addresses.ts'
import { endpointUrl } from './endpoint.ts'

const onInternet = { allowPrivate: false, lookUp: systemLookUp }
const anywhere = { allowPrivate: true, lookUp: systemLookUp }

describe('addresses that a proxy may not have unless private ones are allowed', () => {
  test.each([
    ['unspecified', '0.0.0.0'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared by carriers', '100.64.0.1'],
    ['metadata of a cloud', '100.100.100.200'],
    ['metadata of a cloud', '168.63.129.16'],
    ['metadata of a cloud', '169.254.169.254'],
    ['metadata of a cloud', '192.0.0.192'],
    ['metadata of a cloud', 'fd00:ec2::254'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.8.9.10'],
    ['loopback', '::1'],
    ['link-local', '169.254.0.1'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['unique-local', 'fc00::1'],
    ['unique-local', 'fd12:3456::1'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.255'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['documentation', '2001:db8::1'],
    ['benchmarks', '198.18.0.1'],
    ['unspecified', '::'],
    ['IPv4 inside of IPv6', '::ffff:10.0.0.1'],
    ['IPv4 inside of IPv6', '::ffff:7f00:1'],
    ['IPv4 inside of IPv6', '::127.0.0.1'],
    ['translated', '64:ff9b::10.0.0.1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:53aa:64c::1'],
  ])('%s: %s', (_, address) => {
    expect(isPublic({ address, family: address.includes(':') ? 6 : 4 })).toBe(false)
  })

  test.each(['1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a01:4f8::1'])(
    'not %s',
    (address) => {
      expect(isPublic({ address, family: address.includes(':') ? 6 : 4 })).toBe(true)
    },
  )

  test.each([
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://127.1',
    'https://0',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[0:0:0:0:0:ffff:a00:1]',
    'https://localhost',
    'https://LOCALHOST',
    'https://①②⑦.0.0.1',
  ])('the endpoint %s', async (endpoint) => {
    await expect(addressesOf(endpointUrl(endpoint, false), onInternet)).rejects.toThrow(
      /^must be on the Internet.*KMS_XKS_ALLOW_PRIVATE=1/,
    )
  })

  test('a name is refused if one of its addresses is private', async () => {
    const names = async () => [
      { address: '1.1.1.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]
    await expect(addressesOf(new URL('https://both.example'), { allowPrivate: false, lookUp: names })).rejects.toThrow(
      'must be on the Internet',
    )
    const once = async () => [{ address: '1.1.1.1', family: 4 }]
    expect(await addressesOf(new URL('https://one.example'), { allowPrivate: false, lookUp: once })).toEqual([
      { address: '1.1.1.1', family: 4 },
    ])
  })

  test('the switch allows private addresses, and http on this machine only', async () => {
    expect(await addressesOf(new URL('https://10.0.0.1'), anywhere)).toEqual([{ address: '10.0.0.1', family: 4 }])
    expect(await addressesOf(new URL('http://127.0.0.1:8080'), anywhere)).toEqual([{ address: '127.0.0.1', family: 4 }])
    await expect(addressesOf(new URL('http://10.0.0.1'), anywhere)).rejects.toThrow('must begin with https://')
  })
})

describe('endpoints', () => {
  test.each([
    ['http://xks.example', 'must be the address of an XKS proxy'],
    ['xks.example', 'must be the address of an XKS proxy'],
    ['ftp://xks.example', 'must be the address of an XKS proxy'],
    ['file:///etc/passwd', 'must be the address of an XKS proxy'],
    ['https://', 'must be the address of an XKS proxy'],
    ['https://xks.example\\@10.0.0.1', 'must be the address of an XKS proxy'],
    ['https:xks.example', 'must be the address of an XKS proxy'],
    [' https://xks.example', 'must be the address of an XKS proxy'],
    ['https://user:password@xks.example', 'must have no user'],
    ['https://user@xks.example', 'must have no user'],
    ['https://xks.example/?a=b', 'must have no user, query or fragment'],
    ['https://xks.example/#a', 'must have no user, query or fragment'],
    ['https://xks.example/a%2fb', 'must have a path of letters'],
    ['https://xks.example/ü', 'must have a path of letters'],
  ])('%s is refused', (endpoint, words) => {
    expect(() => endpointUrl(endpoint, false)).toThrow(words)
  })

  test.each(['https://xks.example', 'https://xks.example:8443/tenants/a-b_c', 'HTTPS://XKS.EXAMPLE/'])(
    '%s is taken',
    (endpoint) => {
      expect(endpointUrl(endpoint, false).hostname).toBe('xks.example')
    },
  )
})
