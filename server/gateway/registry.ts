/** Providers of configuration and gateway: besides provider folders, the only file here that names one. */
import type { LocalKms } from '../kms/kms.ts'
import * as exoscaleConfig from './exoscale/config.ts'
import { exoscale } from './exoscale/provider.ts'
import type { GatewayProvider } from './provider.ts'
import { thalassa } from './thalassa/provider.ts'

/** Variables of the local KMS's provider APIs, as members of a Zod object. */
export const localKmsVariables = { ...exoscaleConfig.localKmsVariables }

/** Options from these variables. */
export const localKmsOptionsOf = exoscaleConfig.localKmsOptionsOf

/** Providers in the order of the session's list. */
export const providers: readonly GatewayProvider[] = [thalassa, exoscale]

/** Variables by which the vendors' tools reach a local KMS at `url`. */
export const localVariables = (url: string, credentials: LocalKms['credentials']) => ({
  ...thalassa.localVariables(url, credentials),
  ...exoscale.localVariables(url, credentials),
})

/** Alternative variables for the same access; setting two kinds of credential is an error. */
export const localAlternatives = thalassa.localAlternatives

/** Access data of the local KMS for display, without secrets. */
export const localSession = ({ credentials }: LocalKms) => ({
  ...thalassa.localSession(credentials),
  ...exoscale.localSession(credentials),
})
