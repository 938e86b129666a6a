/** Providers of the local KMS: besides provider folders, the only file of it that names one. */
import type { Store } from './engine/store.ts'
import type { WrappingKeys } from './engine/wrapping-keys.ts'
import { openExoscale } from './exoscale/api.ts'
import type { ExoscaleOptions } from './exoscale/fault-switches.ts'
import { keptForReset as keptOfExoscale } from './exoscale/iam/organisation.ts'
import type { ProviderApi, ProviderServices } from './provider.ts'
import { openThalassa } from './thalassa/api.ts'
import { keptForReset as keptOfThalassa } from './thalassa/projects.ts'

/** Provider-specific options. */
export type ProviderOptions = ExoscaleOptions

/** Options of a start, without fault switches. */
export type StartOptions = Pick<ProviderOptions, 'exoscaleApi'>

export const startOptionsOf = ({ exoscaleApi }: ProviderOptions): StartOptions => (exoscaleApi ? { exoscaleApi } : {})

/** Opens the provider APIs on the engine; each creates missing parts of its organisation. */
export const openProviders = async (
  services: ProviderServices & { readonly wrappingKeys: WrappingKeys },
  options: ProviderOptions,
) => ({
  thalassa: await openThalassa(services),
  exoscale: await openExoscale({ ...options, ...services }),
})

export type Providers = Awaited<ReturnType<typeof openProviders>>

/** Order of due jobs. */
export const apisOf = ({ thalassa, exoscale }: Providers): readonly ProviderApi[] => [thalassa, exoscale]

const EXOSCALE = /^\/(?:v2|zone)(?:\/|$)/

/** API of a path. */
export const apiAt = ({ thalassa, exoscale }: Providers, path: string): ProviderApi =>
  EXOSCALE.test(path) ? exoscale : thalassa

/** Credentials that the first start creates for clients. */
export const credentialsOf = ({ thalassa, exoscale }: Providers) => ({
  thalassa: thalassa.credential,
  exoscale: exoscale.credential,
})

/** Data that a reset keeps: settings of the organisations and the printed credentials. */
export const keptForReset = async (store: Pick<Store, 'credentials'>) => {
  const kept = [await keptOfThalassa(store), await keptOfExoscale(store)]
  return {
    settings: kept.flatMap(({ settings }) => settings),
    credentials: kept.flatMap(({ credentials }) => credentials),
  }
}
