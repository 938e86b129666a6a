import { resolve } from 'node:path'
import { startKms } from 'kms-console/start-kms'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    kms: Record<string, string>
  }
}

/** One KMS for the whole run; its variables reach the tests through `inject('kms')`. */
export const setup = async (project: TestProject) => {
  const kms = await startKms({ seed: resolve(import.meta.dirname, '../kms-seed.yaml') })
  project.provide('kms', { ...kms.env })
  return kms.stop
}
