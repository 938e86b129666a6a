/** Providers of configuration and gateway: besides provider folders, the only file here that names one. */
import type { LocalKms } from '../kms/kms.ts'
import * as exoscaleConfig from './exoscale/config.ts'
import { exoscale } from './exoscale/provider.ts'
import type { GatewayProvider } from './provider.ts'
import { thalassa } from './thalassa/provider.ts'

/** Variables of single APIs of the local KMS, as members of a Zod object. */
export const localKmsVariables = { ...exoscaleConfig.localKmsVariables }

/** Options that these variables stand for. */
export const localKmsOptionsOf = exoscaleConfig.localKmsOptionsOf

/** Order of the session's list. */
export const providers: readonly GatewayProvider[] = [thalassa, exoscale]

/** Variables by which the vendors' tools reach a local KMS at `url`. */
export const localVariables = (url: string, credentials: LocalKms['credentials']) => ({
  ...thalassa.localVariables(url, credentials),
  ...exoscale.localVariables(url, credentials),
})

/** Other variables for the same access: two kinds of credential at once are a mistake. */
export const localAlternatives = thalassa.localAlternatives

/** Data for people to reach the local KMS, without secrets. */
export const localSession = ({ credentials }: LocalKms) => ({
  ...thalassa.localSession(credentials),
  ...exoscale.localSession(credentials),
})
