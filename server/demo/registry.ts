/** Providers of the demonstration: besides provider folders, the only file here that names one. */
import { demo as exoscale } from '../kms/exoscale/demo.ts'
import { demo as thalassa } from '../kms/thalassa/demo.ts'
import type { DemoProvider } from './key-history.ts'

export const providers: readonly DemoProvider[] = [thalassa, exoscale]

/** Adds many keys to the provider with the longest lists. */
export const loadBulkSeed = () => import('../kms/thalassa/bulk-seed.ts')
