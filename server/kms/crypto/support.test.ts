import { expect, it } from 'vitest'
import { algorithms } from '../../../src/clouds/algorithms.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { requireSupport, UnsupportedAlgorithmError } from './support.ts'

it('this Node knows every type of key', () => {
  for (const algorithm of algorithms) expect(() => requireSupport(algorithm)).not.toThrow()
})

it('a type that Node does not know is refused, and says what it needs', async () => {
  // To an older Node every parameter set is as unknown as this one.
  const unknown = { ...knownAlgorithm('ml-dsa-65'), name: 'ml-dsa-99' }
  expect(() => requireSupport(unknown)).toThrow(UnsupportedAlgorithmError)
  await expect(generateMaterial(unknown)).rejects.toThrow(
    /^ml-dsa-99 needs Node 24\.6 and OpenSSL 3\.5 or newer; this is Node \d+\.\S+ with OpenSSL \d\.\S+$/,
  )
})
