import { expect } from 'vitest'
import { test } from './kms.ts'

/** Calls Thalassa's API, as the code that is tested would. */
const thalassa = async (env: Record<string, string>, method: string, path: string, body?: object) => {
  const response = await fetch(`${env.THALASSA_API_ENDPOINT}/v1/kms/nl-01/keys${path}`, {
    method,
    headers: {
      Authorization: `Token ${env.THALASSA_API_TOKEN}`,
      'X-Organisation-Identity': env.THALASSA_ORGANISATION_ID ?? '',
      'Content-Type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Record<string, string>
}

const plaintext = Buffer.from('hello').toString('base64')

test('decrypts what it encrypted', async ({ kms: { env } }) => {
  const { ciphertext } = await thalassa(env, 'POST', '/app-encryption/encrypt', { plaintext })
  expect(await thalassa(env, 'POST', '/app-encryption/decrypt', { ciphertext })).toMatchObject({ plaintext })
})

test('changes what the next test does not see', async ({ kms: { env } }) => {
  await thalassa(env, 'POST', '/app-encryption/disable')
  expect(await thalassa(env, 'GET', '/app-encryption')).toMatchObject({ status: 'disabled' })
})

test('goes back to a moment of its own', async ({ kms: { env, snapshot } }) => {
  expect(await thalassa(env, 'GET', '/app-encryption')).toMatchObject({ status: 'active' })
  const { ciphertext } = await thalassa(env, 'POST', '/app-encryption/encrypt', { plaintext })
  const restore = await snapshot()
  await thalassa(env, 'POST', '/app-encryption/disable')
  await restore()
  expect(await thalassa(env, 'POST', '/app-encryption/decrypt', { ciphertext })).toMatchObject({ plaintext })
})
