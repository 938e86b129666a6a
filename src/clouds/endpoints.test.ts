import { describe, expect, test } from 'vitest'
import type { Endpoint } from './endpoint.ts'
import { type EndpointId as ExoscaleId, endpoints as exoscale } from './exoscale/endpoints.ts'
import { type EndpointId as ThalassaId, endpoints as thalassa } from './thalassa/endpoints.ts'

describe('endpoints whose answers hold a secret', () => {
  const revealing = (endpoints: Readonly<Record<string, Endpoint>>) =>
    Object.keys(endpoints).filter((id) => endpoints[id]?.reveals !== undefined)

  test('are those that export, decrypt or make a secret', () => {
    const ofThalassa: readonly ThalassaId[] = ['exchange-token', 'export', 'decrypt']
    const ofExoscale: readonly ExoscaleId[] = ['decrypt', 'generate-data-key', 'create-api-key']
    expect(revealing(thalassa)).toEqual(ofThalassa)
    expect(revealing(exoscale)).toEqual(ofExoscale)
  })
})
