/** Exoscale's variables, with the names of the vendor's tools. */
import * as z from 'zod'
import { apiRevisions } from '../../../src/clouds/exoscale/revisions.ts'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import { type ExoscaleOptions, readSwitches, SWITCHES_HELP } from '../../kms/exoscale/fault-switches.ts'
import { checkHeaderValues, type Findings, namesSet, readUrl, type Variable, type Variables } from '../provider.ts'

export interface ExoscaleConfig {
  /** Base URL without a trailing slash, `{zone}` in place of the zone's name. */
  readonly endpoint: string
  readonly key: string
  readonly secret: string
}

export const variables = [
  { name: 'EXOSCALE_API_KEY', role: 'credential', isHeader: true },
  { name: 'EXOSCALE_API_SECRET', role: 'credential', isHeader: true },
  { name: 'EXOSCALE_API_ENDPOINT', role: 'endpoint' },
] as const satisfies readonly Variable[]

export const toolVariables = [
  'EXOSCALE_ACCOUNT',
  'EXOSCALE_API_ENVIRONMENT',
  'EXOSCALE_API_TIMEOUT',
  'EXOSCALE_CONFIG',
  'EXOSCALE_TRACE',
  'EXOSCALE_ZONE',
]

/** Endpoint with `{zone}` in place of a zone's name: the vendor's tools take the endpoint of one zone. */
const withZoneParameter = (endpoint: string): string => {
  const zone = zones.find(({ name }) => endpoint.includes(name))
  return endpoint.includes('{zone}') || zone === undefined ? endpoint : endpoint.replace(zone.name, '{zone}')
}

/** Undefined without credentials, and for an invalid configuration, which is added to `findings`. */
export const readConfig = (set: Variables, findings: Findings): ExoscaleConfig | undefined => {
  const { EXOSCALE_API_KEY: key, EXOSCALE_API_SECRET: secret, EXOSCALE_API_ENDPOINT: given } = set
  checkHeaderValues(set, variables, findings)
  const endpoint = withZoneParameter(
    readUrl('EXOSCALE_API_ENDPOINT', given ?? 'https://api-{zone}.exoscale.com/v2', findings),
  )
  if (key !== undefined && secret !== undefined) {
    if (!endpoint.includes('{zone}')) {
      findings.warnings.push('EXOSCALE_API_ENDPOINT has no {zone}: all zones are read from this one address.')
    }
    return { endpoint, key, secret }
  }
  const present = namesSet(set, ['EXOSCALE_API_ENDPOINT', 'EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET']).join(', ')
  if (present !== '') {
    const missing = ['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'].filter((name) => set[name] === undefined)
    findings.mistakes.push(
      `${missing.join(' and ')} missing while ${present} is set; set the whole pair, or unset ${present} to use the local KMS instead`,
    )
  }
  return undefined
}

/** Variables by which the vendor's tools reach a local KMS at `url`. */
export const localVariables = (url: string, { key, secret }: { readonly key: string; readonly secret: string }) => ({
  EXOSCALE_API_ENDPOINT: `${url}/v2`,
  EXOSCALE_API_KEY: key,
  EXOSCALE_API_SECRET: secret,
})

/** Variables of the local KMS's Exoscale API. */
export const localKmsVariables = {
  KMS_EXOSCALE_API: z.enum(apiRevisions, { error: `must be ${apiRevisions.join(' or ')}` }).default('2026-11'),
  KMS_EXOSCALE_SWITCHES: z
    .string()
    .transform(readSwitches)
    .refine((switches) => switches !== undefined, SWITCHES_HELP)
    .optional(),
  KMS_XKS_ALLOW_PRIVATE: z.stringbool({ error: 'must be 1 or 0' }).default(false),
}

type LocalKmsVariables = z.output<z.ZodObject<typeof localKmsVariables>>

export const localKmsOptionsOf = (set: LocalKmsVariables): ExoscaleOptions => ({
  exoscaleApi: set.KMS_EXOSCALE_API,
  ...(set.KMS_EXOSCALE_SWITCHES && { exoscaleSwitches: set.KMS_EXOSCALE_SWITCHES }),
  ...(set.KMS_XKS_ALLOW_PRIVATE && { xks: { allowPrivate: true } }),
})
