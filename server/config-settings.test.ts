import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const exoscale = { EXOSCALE_API_KEY: 'EXOhidden', EXOSCALE_API_SECRET: 'hidden' }

test('says which variables made a cloud live and where each was set, and never a value', () => {
  const environment = {
    EXOSCALE_API_SECRET: 'hidden',
    THALASSA_CLIENT_ID: 'hidden',
    THALASSA_ORGANISATION: 'hidden',
    THALASSA_PROJECT_ID: 'hidden',
    THALASSA_API_ENDPOINT: 'https://hidden.example',
    THALASSA_ACCESS_TOKEN: ' ',
  }
  const variables = { ...exoscale, THALASSA_CLIENT_SECRET: 'hidden', THALASSA_CLIENT_ID: 'hidden', PORT: '0' }
  const { settings } = readConfig(environment, undefined, { path: '/etc/.env', variables })
  expect(settings).toEqual({
    thalassa: [
      { variable: 'THALASSA_CLIENT_ID', role: 'credential', from: 'environment' },
      { variable: 'THALASSA_CLIENT_SECRET', role: 'credential', from: 'file' },
      { variable: 'THALASSA_ORGANISATION', role: 'organisation', from: 'environment' },
      { variable: 'THALASSA_PROJECT_ID', role: 'project', from: 'environment' },
      { variable: 'THALASSA_API_ENDPOINT', role: 'endpoint', from: 'environment' },
    ],
    exoscale: [
      { variable: 'EXOSCALE_API_KEY', role: 'credential', from: 'file' },
      { variable: 'EXOSCALE_API_SECRET', role: 'credential', from: 'environment' },
    ],
  })
  expect(JSON.stringify(settings)).not.toContain('hidden')
})

test('a cloud that the local KMS serves has none', () => {
  expect(readConfig(exoscale).settings?.thalassa).toEqual([])
  expect(readConfig({}).settings).toBeUndefined()
})
