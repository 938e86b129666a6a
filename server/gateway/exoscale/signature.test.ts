import { expect, test } from 'vitest'
import { signatureHeader } from './signature.ts'

const credential = { key: 'EXO0123456789abcdef01234567', secret: 'not-a-real-secret_for-test-vectors-only-012' }
const expires = 1_767_226_200
const id = '019eef1b-c320-7416-89a2-8f65eb889ad1'

const vectors = [
  ['GET', '/v2/kms-key', '', '', 'DjyA1Lgf08X6mgp5rqpfSj2Z5AoDTiV00eLeQE9oD/U='],
  [
    'POST',
    '/v2/kms-key',
    '{"name":"app-key","description":"payments","multi-zone":true}',
    '',
    'TEX0BOP5TRgqrnvkXUR0skbUZlYR5Oh16aBzxKV8rsw=',
  ],
  ['POST', `/v2/kms-key/${id}/rotate`, '', '', 'O8i/c4Zo7MeGekV90RCXzedcF3oy7G6bI1vQo+AE5RI='],
  [
    'POST',
    `/v2/kms-key/${id}/encrypt`,
    '{"plaintext":"aGVsbG8=","encryption-context":"dGVuYW50PTQy"}',
    '',
    'pp21e3N1iMfH4EyZjx0SxjCsuqqIbWacZErvy4j1vGI=',
  ],
  [
    'GET',
    '/v2/event?to=2026-01-31&from=2026-01-01%2000%3A00',
    '',
    'signed-query-args=from;to,',
    'pYmiLIa8vJHV1+O9bSpj3z2iLLK4k5Lrudw5tCJHLEs=',
  ],
  ['GET', '/v2/event?a=1&b=2&a=3', '', 'signed-query-args=b,', '5yDSIzQizKvTS8HB5LINYmjXVSjPI4dFd7mNfywqRnc='],
  [
    'PUT',
    '/v2/iam-role/3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11:policy',
    '{"default-service-strategy":"deny","services":{"kms":{"type":"rules","rules":[{"action":"allow","expression":"operation in [\'encrypt\', \'decrypt\'] // clé"}]}}}',
    '',
    '0QHa5rKjCzVjSPE+xEn29hhNubCVLWAYjlUVv9Wu8Fo=',
  ],
  ['DELETE', '/v2/api-key/EXO89abcdef0123456789abcdef', '', '', 'zGWrYn2EdmizJiPro2nt0XC6bllc1+yD5n6kmsibchQ='],
] as const

test.each(vectors)('signs %s %s as the vendor’s clients do', (method, path, body, names, signature) => {
  const signable = {
    method,
    url: new URL(path, 'https://api-ch-gva-2.exoscale.com'),
    body: new TextEncoder().encode(body),
  }
  expect(signatureHeader(signable, credential, expires)).toBe(
    `EXO2-HMAC-SHA256 credential=${credential.key},${names}expires=${expires},signature=${signature}`,
  )
})
