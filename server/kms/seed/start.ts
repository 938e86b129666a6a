import type { SeedTarget } from './apply.ts'
import type { Seed } from './seed.ts'

interface Given {
  readonly seed?: Seed | undefined
  readonly seedFile?: string | undefined
}

/**
 * Function that applies the seed of a start to a store; does nothing without a seed.
 * @throws KmsStartError for an invalid seed file
 */
export async function openSeed(given: Given): Promise<(target: SeedTarget) => Promise<void>> {
  if (!given.seed && given.seedFile === undefined) return async () => {}
  // Loaded on demand: most starts have no seed.
  const [{ readSeedFile }, { applySeed }] = await Promise.all([import('./read.ts'), import('./apply.ts')])
  const seed = given.seed ?? readSeedFile(given.seedFile ?? '')
  return (target) => applySeed(target, seed)
}
