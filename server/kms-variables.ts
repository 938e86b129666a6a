import type { LocalKms } from './kms/kms.ts'

/** The variables that the clouds' tools read, for a local KMS at `url`. */
export const variablesFor = (url: string, { thalassa, exoscale }: LocalKms['credentials']) => ({
  THALASSA_API_ENDPOINT: url,
  THALASSA_PERSONAL_ACCESS_TOKEN: thalassa.token,
  THALASSA_API_TOKEN: thalassa.token,
  THALASSA_ORGANISATION_ID: thalassa.organisation,
  THALASSA_ORGANISATION: thalassa.organisation,
  THALASSA_READER_TOKEN: thalassa.readerToken,
  THALASSA_CRYPTO_TOKEN: thalassa.cryptoToken,
  EXOSCALE_API_ENDPOINT: `${url}/v2`,
  EXOSCALE_API_KEY: exoscale.key,
  EXOSCALE_API_SECRET: exoscale.secret,
})
