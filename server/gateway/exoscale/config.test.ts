import { expect, test } from 'vitest'
import type { Variables } from '../provider.ts'
import { readConfig } from './config.ts'

const read = (set: Variables) => {
  const findings = { mistakes: [], warnings: [] }
  return { config: readConfig(set, findings), ...findings }
}

const exoscale = { EXOSCALE_API_KEY: 'EXOhidden', EXOSCALE_API_SECRET: 'hidden' }

test.each([
  [undefined, 'https://api-{zone}.exoscale.com/v2'],
  ['https://ppapi-{zone}.exoscale.com/v2/', 'https://ppapi-{zone}.exoscale.com/v2'],
  ['https://api-de-fra-1.exoscale.com/v2', 'https://api-{zone}.exoscale.com/v2'],
  ['https://kms.example/v2', 'https://kms.example/v2'],
])('endpoint %s', (given, endpoint) => {
  const { config, warnings } = read({ ...exoscale, ...(given === undefined ? {} : { EXOSCALE_API_ENDPOINT: given }) })
  expect(config).toEqual({ endpoint, key: 'EXOhidden', secret: 'hidden' })
  expect(warnings).toHaveLength(endpoint.includes('{zone}') ? 0 : 1)
})

test.each([
  [{ EXOSCALE_API_KEY: 'hidden' }, 'EXOSCALE_API_SECRET missing while EXOSCALE_API_KEY is set'],
  [{ EXOSCALE_API_SECRET: 'hidden' }, 'EXOSCALE_API_KEY missing while EXOSCALE_API_SECRET is set'],
  [
    { EXOSCALE_API_ENDPOINT: 'https://x' },
    'EXOSCALE_API_KEY and EXOSCALE_API_SECRET missing while EXOSCALE_API_ENDPOINT is set',
  ],
])('%j is refused', (environment, message) => {
  const mistakes = read(environment).mistakes.join('\n')
  expect(mistakes).toContain(message)
  expect(mistakes).not.toContain('hidden')
})
