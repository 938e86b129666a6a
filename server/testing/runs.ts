/**
 * Number of runs of a property or repetitions of a kill: all of them in `npm run test:all`, a twentieth and at least one
 * in `npm test`. Files that use it stand in `repeated` (`vitest.config.ts`).
 */
export const runs = (all: number): number => (process.env.KMS_TEST_RUNS === 'few' ? Math.ceil(all / 20) : all)
