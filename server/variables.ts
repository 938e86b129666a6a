/** Variables that the program reads: their names, and the values of its own. */
import * as z from 'zod'
import { type ApprovalKind, approvalKinds } from '../src/clouds/gateway/approvals.ts'
import { fileVariable } from './credential-files.ts'
import type { Environment } from './env-file.ts'
import { readProxies } from './gateway/client-address.ts'
import { outboundVariables } from './gateway/outbound.ts'
import type { GatewayProvider } from './gateway/provider.ts'
import { localKmsVariables, providers } from './gateway/registry.ts'
import { logLevels } from './log.ts'
import { nearest } from './nearest.ts'
import { DatabaseUrl } from './records/database-url.ts'
import { signInVariables } from './sign-in/settings.ts'
import { Flag, Host, isOrigin, Port, PublicUrl, RootKeyText, wholeNumber } from './variable-values.ts'

/** Undefined for a text that has another word. */
const readApprovalKinds = (text: string): readonly ApprovalKind[] | undefined => {
  if (text === 'none') return []
  const words = text.split(/[\s,]+/).filter(Boolean)
  const kinds = approvalKinds.filter((kind) => words.includes(kind))
  return kinds.length === words.length && words.length > 0 ? kinds : undefined
}

/** Variables of the program itself, without those of providers. */
export const Variables = z.object({
  PORT: Port.default(8300),
  HOST: Host,
  PUBLIC_URL: PublicUrl.optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  ALLOW_ANONYMOUS: Flag.default(false),
  START_TOKEN: Flag.default(true),
  ...signInVariables,
  APPROVALS: z
    .string()
    .transform(readApprovalKinds)
    .refine((kinds) => kinds !== undefined, `must be none, or some of ${approvalKinds.join(', ')}, separated by commas`)
    .optional(),
  APPROVAL_HOURS: wholeNumber(1, 999, 'hours').default(24),
  DATABASE_URL: DatabaseUrl.optional(),
  AUDIT_STDOUT: Flag.default(false),
  TRUST_PROXY: z
    .string()
    .transform(readProxies)
    .refine(
      (proxies) => proxies !== undefined,
      'must be addresses or ranges of proxies, separated by commas: 10.0.0.1 or 10.0.0.0/8',
    )
    .optional(),
  RATE_LIMIT: wholeNumber(0, 10_000, 'requests a second').default(50),
  OPS_PORT: Port.optional(),
  OPS_HOST: Host,
  STOP_SECONDS: wholeNumber(0, 600, 'seconds').default(3),
  KMS_PORT: Port.optional(),
  KMS_DATA_DIR: z.string().optional(),
  // Read earlier, by env-file.ts.
  KMS_ENV_FILE: z.string().optional(),
  KMS_SEED: z.string().optional(),
  KMS_ROOT_KEY: RootKeyText.optional(),
  KMS_NEW_ROOT_KEY: RootKeyText.optional(),
  ...localKmsVariables,
  KMS_ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (origins) => origins.every(isOrigin),
      'must be origins separated by commas, as browsers write them: https://app.example or http://localhost:3000',
    )
    .optional(),
  KMS_PUBLIC_URL: z
    .string()
    .transform((text) => text.replace(/\/$/, ''))
    .refine(isOrigin, 'must be the address that clients use, without a path: http://kms:8400 or https://kms.example')
    .optional(),
  KMS_TEST_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{16,200}$/,
      'must be 16 to 200 printable characters without blanks; create one with: openssl rand -hex 32',
    )
    .optional(),
  LOG_LEVEL: z.enum(logLevels, { error: 'must be trace, debug, info, warn, error, fatal or silent' }).optional(),
  READ_ONLY: Flag.default(false),
})

const toolVariables: ReadonlySet<string> = new Set(providers.flatMap((provider) => provider.toolVariables))

const prefixed = new RegExp(`^(?:KMS_|${providers.map(({ prefix }) => prefix).join('|')})`, 'i')

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toUpperCase()

/** Every variable that the program reads. */
export const knownVariables: readonly string[] = [
  ...Object.keys(Variables.shape),
  ...providers.flatMap(({ variables }) => variables.map(({ name }) => name)),
  ...outboundVariables,
]

export const credentialsOf = ({ variables }: GatewayProvider): readonly string[] =>
  variables.filter(({ role }) => role === 'credential').map(({ name }) => name)

/** Variables whose value may be in a file that `NAME_FILE` names. */
export const ownCredentials = [
  'DATABASE_URL',
  'OIDC_CLIENT_SECRET',
  'SESSION_SECRET',
  'KMS_ROOT_KEY',
  'KMS_NEW_ROOT_KEY',
]

const fileVariables = [...ownCredentials, ...providers.flatMap(credentialsOf)].map(fileVariable)

const known = [...knownVariables, ...fileVariables]

/** One sentence for each unknown variable that is probably meant for this program. */
export const unknownNames = (set: Environment): readonly string[] =>
  Object.entries(set)
    .filter(([name, value]) => value?.trim() && !known.includes(name) && !toolVariables.has(name))
    .flatMap(([name]) => {
      // Names without a prefix may belong to other programs: only other spellings of a known one count.
      const meant = prefixed.test(name) ? nearest(name, known) : known.find((other) => plain(other) === plain(name))
      if (meant !== undefined) return [`${name} is not read. Did you mean ${meant}?`]
      return prefixed.test(name) ? [`${name} is not read: no setting has such a name.`] : []
    })
