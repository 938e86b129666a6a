import { expect, it } from 'vitest'
import type { KmsKey } from '../../../clouds/model.ts'
import { opaqueKey, versionedKey } from '../../shared/testing/provider-keys.ts'
import { destinationsOf } from './DestinationField.tsx'

it('destinations are the other keys of the same location, those that can’t encrypt now last and with the reason', () => {
  const other = (change: Partial<KmsKey>): KmsKey => ({ ...opaqueKey, ...change })
  const keys = [
    opaqueKey,
    versionedKey,
    other({ id: 'a', name: 'off', status: 'disabled' }),
    other({ id: 'b', name: 'zebra' }),
    other({ id: 'c', name: 'elsewhere', location: 'de-fra-1' }),
    other({ location: 'de-fra-1' }),
  ]
  expect(destinationsOf(keys, opaqueKey).map(({ key, refusal }) => [key.name, refusal])).toEqual([
    ['zebra', undefined],
    ['off', 'The key is disabled. Enable it first.'],
  ])
})
