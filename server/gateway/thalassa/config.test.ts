import { expect, test } from 'vitest'
import type { Variables } from '../provider.ts'
import { readConfig } from './config.ts'

const read = (set: Variables) => {
  const findings = { mistakes: [], warnings: [] }
  return { config: readConfig(set, findings), ...findings }
}

const thalassa = { THALASSA_PERSONAL_ACCESS_TOKEN: 'tc_pat_hidden', THALASSA_ORGANISATION_ID: 'acme' }
const organisation = { THALASSA_ORGANISATION: 'acme' }
test.each([
  [{ THALASSA_PERSONAL_ACCESS_TOKEN: 'p' }, { kind: 'token', token: 'p' }],
  [{ THALASSA_API_TOKEN: 'p' }, { kind: 'token', token: 'p' }],
  [
    { THALASSA_API_TOKEN: 'p', THALASSA_PERSONAL_ACCESS_TOKEN: 'p' },
    { kind: 'token', token: 'p' },
  ],
  [{ THALASSA_ACCESS_TOKEN: 'a' }, { kind: 'bearer', token: 'a' }],
  [
    { THALASSA_CLIENT_ID: 'i', THALASSA_CLIENT_SECRET: 's' },
    { kind: 'client', id: 'i', secret: 's' },
  ],
])('%j', (environment, credential) => {
  expect(read({ ...environment, ...organisation }).config).toEqual({
    endpoint: 'https://api.thalassa.cloud',
    credential,
    organisation: 'acme',
    project: undefined,
  })
})

test('endpoint and project', () => {
  const set = { ...thalassa, THALASSA_API_ENDPOINT: 'https://kms.example/base/', THALASSA_PROJECT_ID: 'payments' }
  expect(read(set).config).toMatchObject({ endpoint: 'https://kms.example/base', project: 'payments' })
})

test.each([
  [{ ...thalassa, THALASSA_ACCESS_TOKEN: 'hidden' }, 'More than one kind of Thalassa credential'],
  [{ ...thalassa, THALASSA_API_TOKEN: 'hidden' }, 'mean the same and are set to different values'],
  [{ ...thalassa, THALASSA_ORGANISATION: 'other' }, 'mean the same and are set to different values'],
  [{ THALASSA_CLIENT_ID: 'hidden' }, 'THALASSA_CLIENT_SECRET is missing while THALASSA_CLIENT_ID is set'],
  [{ THALASSA_CLIENT_SECRET: 'hidden' }, 'THALASSA_CLIENT_ID is missing while THALASSA_CLIENT_SECRET is set'],
  [{ THALASSA_ACCESS_TOKEN: 'hidden' }, 'THALASSA_ORGANISATION_ID (or THALASSA_ORGANISATION) is missing'],
  [{ THALASSA_API_ENDPOINT: 'https://x' }, 'THALASSA_API_ENDPOINT set without a credential for Thalassa'],
  [{ THALASSA_ORGANISATION_ID: 'acme' }, 'THALASSA_ORGANISATION_ID set without a credential for Thalassa'],
  [{ ...thalassa, THALASSA_API_TOKEN: 'hid\nden' }, 'THALASSA_API_TOKEN must be printable ASCII'],
  [{ ...thalassa, THALASSA_API_ENDPOINT: 'api.thalassa.cloud' }, 'THALASSA_API_ENDPOINT must be a base URL'],
  [{ ...thalassa, THALASSA_API_ENDPOINT: 'https://u:hidden@x' }, 'THALASSA_API_ENDPOINT must be a base URL'],
])('%j is refused', (environment, message) => {
  const mistakes = read(environment).mistakes.join('\n')
  expect(mistakes).toContain(message)
  expect(mistakes).not.toContain('hidden')
})
