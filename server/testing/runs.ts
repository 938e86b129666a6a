const isShort = process.env.KMS_TEST_RUNS === 'few'

/**
 * Number of runs of a property or repetitions of a kill: all in `npm run test:all`, a twentieth and at least one
 * in `npm test`. Files that use `runs` or `sample` are listed in `repeated` (`vitest.config.ts`).
 */
export const runs = (all: number): number => (isShort ? Math.ceil(all / 20) : all)

/** Cases to test: all in `npm run test:all`, every fifth in `npm test`. */
export const sample = <T>(cases: Iterable<T>): readonly T[] =>
  [...cases].filter((_, index) => !isShort || index % 5 === 0)
