/** Configuration of the program from arguments, environment and `.env`. */
import { BlockList } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { type ApprovalKind, approvalKinds } from '../src/clouds/gateway/approvals.ts'
import type { Setting } from '../src/clouds/gateway/wire.ts'
import { type CommandLine, type CommandName, readCommandLine } from './command-line.ts'
import { type CredentialFile, fileVariable, readCredentialFiles, rereader } from './credential-files.ts'
import { type EnvFile, type Environment, projectFolder } from './env-file.ts'
import { readProxies } from './gateway/client-address.ts'
import { noSignIn } from './gateway/guard.ts'
import { type Outbound, outboundVariables, readOutbound } from './gateway/outbound.ts'
import type { GatewayProvider, Live, ProviderId } from './gateway/provider.ts'
import { localKmsOptionsOf, localKmsVariables, providers } from './gateway/registry.ts'
import { canonicalHost, isLocalName } from './host.ts'
import { IN_MEMORY } from './kms/engine/store.ts'
import type { ProviderOptions } from './kms/registry.ts'
import { type LogLevel, logLevels } from './log.ts'
import { nearest } from './nearest.ts'
import { DatabaseUrl, isReadableByOthers } from './records/database-url.ts'
import type { RecordsPlace } from './records/open.ts'
import { readSignIn, type SignInSettings, signInVariables } from './sign-in/settings.ts'
import { StartError } from './start-error.ts'
import type { TlsFiles } from './tls-files.ts'

/** Provider with credentials. */
export interface LiveProvider extends Live {
  readonly id: ProviderId
  /** Variables with its credentials. */
  readonly settings: readonly Setting[]
  /** Absolute paths of files with its credentials. */
  readonly files: readonly string[]
  /**
   * By what the files have now; undefined while that is what was read last.
   * @throws StartError for files that can't be used, without their content
   */
  reread(): Live | undefined
}

export interface Config {
  readonly mode: CommandName
  /** As browsers write it, without brackets. */
  readonly host: string
  /** Port of the console; 0 for any free one. */
  readonly port: number
  /** Files with which the console speaks https; undefined for http. */
  readonly tls: TlsFiles | undefined
  /** Address that people open where it is not the one that the console listens on; its path ends with a slash. */
  readonly publicUrl: URL | undefined
  readonly readOnly: boolean
  /** Whether the console may be reached from other machines without a sign-in. */
  readonly allowAnonymous: boolean
  /** Undefined where nobody signs in. */
  readonly signIn: SignInSettings | undefined
  /** Whether a console on this machine asks for the token of its printed address. */
  readonly startToken: boolean
  readonly approvals: {
    readonly kinds: readonly ApprovalKind[]
    /** Milliseconds from a request for approval to its end. */
    readonly lifetime: number
  }
  /** Where sessions that were ended, approvals and the audit log of people are kept. */
  readonly records: RecordsPlace
  /** Whether events of the audit log of people are written to stdout too. */
  readonly auditToStdout: boolean
  /** Proxies that tell the client's address, and the identifier of a request. */
  readonly proxies: BlockList
  /** Requests a second of one person, and of one address that is not signed in; 0 for any number. */
  readonly rateLimit: number
  /** Where health and metrics are served; undefined for none. */
  readonly ops: { readonly host: string; readonly port: number } | undefined
  /** Milliseconds that running requests have when the program stops. */
  readonly stopGrace: number
  /** All other providers are on the local KMS. */
  readonly live: readonly LiveProvider[]
  /** How the live providers are called. */
  readonly outbound: Outbound
  readonly kms: ProviderOptions & {
    /** Own port of the local KMS; undefined for none. */
    readonly port: number | undefined
    /** Absolute. */
    readonly dataDir: string
    /** Address of a PostgreSQL database for the keys; undefined for a file in the data folder. */
    readonly databaseUrl?: string | undefined
    /** Base64 of 32 bytes. */
    readonly rootKey: string | undefined
    /** Root key that takes its place, for `kms rewrap` only. */
    readonly newRootKey?: string
    /** Origins whose pages may call the local KMS from a browser. */
    readonly origins?: readonly string[]
    /** Base URL for clients of the local KMS, if they can't use the address that they called. */
    readonly publicUrl?: string
    /** File of the seed that is applied at start. */
    readonly seedFile?: string
    /** Whether the clock of the local KMS can be moved forward. */
    readonly testClock?: boolean
    readonly acceptClock?: boolean
    /** Test API for resets and faults; the token gives access from other machines. */
    readonly test?: { readonly token: string | undefined }
  }
  /** For a demonstration: number of additional keys in one region. */
  readonly extraKeys?: number
  /** Absolute path of the settings file; undefined if none was read. */
  readonly file?: string | undefined
  /** Undefined: default of the program. */
  readonly logLevel?: LogLevel | undefined
  /** Warnings for the start, which are no errors. */
  readonly warnings: readonly string[]
}

const portMessage = 'must be a port: a whole number from 0 to 65535, 0 for any free one'
const Port = z
  .string()
  .regex(/^\d{1,5}$/, portMessage)
  .transform(Number)
  .refine((port) => port <= 65_535, portMessage)

/** Whether a text is an origin: lower case, without path and default port. */
const isOrigin = (text: string) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

/** An address with nothing but scheme, host, port and path, to which a last slash is added. */
const publicUrlOf = (text: string): URL | undefined => {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`)
  if (url === null || !/^https?:$/.test(url.protocol) || /[?#;%]|\/\//.test(url.pathname)) return undefined
  return url.search === '' && url.hash === '' && url.username === '' && url.password === '' ? url : undefined
}

/** Undefined for a text that has another word. */
const readApprovalKinds = (text: string): readonly ApprovalKind[] | undefined => {
  if (text === 'none') return []
  const words = text.split(/[\s,]+/).filter(Boolean)
  const kinds = approvalKinds.filter((kind) => words.includes(kind))
  return kinds.length === words.length && words.length > 0 ? kinds : undefined
}

const RootKeyText = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
    'must be the base64 text of exactly 32 bytes; create one with: openssl rand -base64 32',
  )

const Host = z
  .string()
  .transform(canonicalHost)
  .refine((host) => host !== undefined, 'must be an IP address or a host name, without port or brackets')
  .default('127.0.0.1')

const numberUpTo = (most: number, unit: string) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= most,
      `must be a whole number of ${unit} from 0 to ${most}`,
    )
    .transform(Number)

const Variables = z.object({
  PORT: Port.default(8300),
  HOST: Host,
  PUBLIC_URL: z
    .string()
    .transform((text) => publicUrlOf(text))
    .refine(
      (url) => url !== undefined,
      'must be the address that people open: http:// or https://, a host, and a path if it has one: https://kms.example/kms/',
    )
    .optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  ALLOW_ANONYMOUS: z.stringbool({ error: 'must be true or false' }).default(false),
  START_TOKEN: z.stringbool({ error: 'must be true or false' }).default(true),
  ...signInVariables,
  APPROVALS: z
    .string()
    .transform(readApprovalKinds)
    .refine((kinds) => kinds !== undefined, `must be none, or some of ${approvalKinds.join(', ')}, separated by commas`)
    .optional(),
  APPROVAL_HOURS: z
    .string()
    .refine((text) => /^[1-9]\d{0,2}$/.test(text), 'must be a whole number of hours from 1 to 999')
    .transform(Number)
    .default(24),
  DATABASE_URL: DatabaseUrl.optional(),
  AUDIT_STDOUT: z.stringbool({ error: 'must be true or false' }).default(false),
  TRUST_PROXY: z
    .string()
    .transform(readProxies)
    .refine(
      (proxies) => proxies !== undefined,
      'must be addresses or ranges of proxies, separated by commas: 10.0.0.1 or 10.0.0.0/8',
    )
    .optional(),
  RATE_LIMIT: numberUpTo(10_000, 'requests a second').default(50),
  OPS_PORT: Port.optional(),
  OPS_HOST: Host,
  STOP_SECONDS: numberUpTo(600, 'seconds').default(3),
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
  READ_ONLY: z.stringbool({ error: 'must be true or false' }).default(false),
})

const toolVariables: ReadonlySet<string> = new Set(providers.flatMap((provider) => provider.toolVariables))

const prefixed = new RegExp(`^(?:KMS_|${providers.map(({ prefix }) => prefix).join('|')})`, 'i')

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toUpperCase()

/**
 * @param known names of the variables that the program reads
 * @returns one sentence for each unknown variable that is probably meant for this program
 */
const unknownNames = (set: Environment, known: readonly string[]): readonly string[] =>
  Object.entries(set)
    .filter(([name, value]) => value?.trim() && !known.includes(name) && !toolVariables.has(name))
    .flatMap(([name]) => {
      // Names without a prefix may belong to other programs: only other spellings of a known one count.
      const meant = prefixed.test(name) ? nearest(name, known) : known.find((other) => plain(other) === plain(name))
      if (meant !== undefined) return [`${name} is not read. Did you mean ${meant}?`]
      return prefixed.test(name) ? [`${name} is not read: no setting has such a name.`] : []
    })

/** Every variable that the program reads. */
export const knownVariables: readonly string[] = [
  ...Object.keys(Variables.shape),
  ...providers.flatMap(({ variables }) => variables.map(({ name }) => name)),
  ...outboundVariables,
]

const credentialsOf = ({ variables }: GatewayProvider): readonly string[] =>
  variables.filter(({ role }) => role === 'credential').map(({ name }) => name)

/** Variables whose value may be in a file that `NAME_FILE` names. */
const ownCredentials = ['DATABASE_URL', 'OIDC_CLIENT_SECRET', 'SESSION_SECRET', 'KMS_ROOT_KEY', 'KMS_NEW_ROOT_KEY']

const fileVariables = [...ownCredentials, ...providers.flatMap(credentialsOf)].map(fileVariable)

/** Variables that made a provider live, with the source of each, without values. */
const settingsOf = (
  { variables }: GatewayProvider,
  set: Readonly<Record<string, string>>,
  fromFile: ReadonlySet<string>,
  files: readonly CredentialFile[],
): readonly Setting[] =>
  variables
    .filter(({ name }) => set[name] !== undefined)
    .map(({ name, role }) => {
      const variable = files.some((file) => file.name === name) ? fileVariable(name) : name
      return { variable, role, from: fromFile.has(variable) ? 'file' : 'environment' }
    })

/** Resolves a relative path: against the settings file's folder, else the working directory. */
const pathIn = (file: EnvFile | undefined, path: string): string =>
  file ? resolve(dirname(file.path), path) : resolve(path)

/** Whether calls leave this machine: the credentials of a cloud are worth a token, those of a local KMS are not. */
const isReachedByNetwork = ({ urls }: Live) => urls.some((url) => !isLocalName(URL.parse(url)?.hostname ?? ''))

const dataDirOf = (given: string | undefined, file: EnvFile | undefined): string =>
  given === undefined ? join(projectFolder, '.data') : given === IN_MEMORY ? given : pathIn(file, given)

/**
 * @param environment environment of the process; an empty value counts as not set
 * @param commandLine its flags override the environment
 * @param file settings file; the environment overrides its variables
 * @throws StartError whose message lists all errors, one per line, without values of credentials
 */
export const readConfig = (
  environment: Environment,
  { command: mode, flags }: CommandLine = readCommandLine([]),
  file?: EnvFile,
): Config => {
  const { port, host, keys, seed, test, 'test-clock': testClock, 'accept-clock': acceptClock } = flags
  const set: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...file?.variables, ...environment }))
    if (value?.trim()) set[name] = value.trim()
  const byFlag: Readonly<Record<string, readonly [flag: string, value: string | undefined]>> = {
    [mode.startsWith('kms') ? 'KMS_PORT' : 'PORT']: ['--port', port],
    HOST: ['--host', host],
    // npm changes to the project's folder; a file is relative to the directory where npm was called.
    KMS_SEED: ['--seed', seed && resolve(environment.INIT_CWD ?? '', seed)],
  }
  for (const [name, [, value]] of Object.entries(byFlag)) if (value !== undefined) set[name] = value

  const mistakes: string[] = []
  if (keys !== undefined && !/^[1-9]\d{0,5}$/.test(keys)) mistakes.push('--keys takes a number from 1 to 999999')
  const fromFile = new Set(Object.keys(file?.variables ?? {}).filter((name) => environment[name] === undefined))
  const warnings = [...unknownNames(set, [...knownVariables, ...fileVariables])]
  const pathOf = (name: string, path: string) => pathIn(fromFile.has(name) ? file : undefined, path)
  readCredentialFiles(set, ownCredentials, pathOf, mistakes)
  const variables = Variables.safeParse(set)
  if (!variables.success) {
    for (const { path, message } of variables.error.issues) {
      const name = path.join('.')
      const [flag = name, value] = byFlag[name] ?? []
      mistakes.push(`${value === undefined ? name : flag} ${message}`)
    }
  }
  // The command kms needs no provider credentials, and a demonstration must never use real keys.
  const live = (mode === 'console' ? providers : []).flatMap((provider): LiveProvider[] => {
    const before = mistakes.length
    const files = readCredentialFiles(set, credentialsOf(provider), pathOf, mistakes)
    if (mistakes.length > before) return []
    const found = provider.readConfig(set, { mistakes, warnings })
    if (found === undefined) return []
    const settings = settingsOf(provider, set, fromFile, files)
    const paths = files.map(({ path }) => path)
    return [{ ...found, id: provider.id, settings, files: paths, reread: rereader(provider, set, files) }]
  })
  const urls = live.flatMap(({ urls }) => urls.map((url) => URL.parse(url)).filter((url) => url !== null))
  const outbound = readOutbound(urls, set, pathOf, { mistakes, warnings })
  if ((set.TLS_CERT_FILE === undefined) !== (set.TLS_KEY_FILE === undefined))
    mistakes.push('TLS_CERT_FILE and TLS_KEY_FILE are set together: one has the certificate, the other its key')
  const signIn = variables.success
    ? readSignIn(
        variables.data,
        providers.map(({ id }) => id),
        mistakes,
      )
    : undefined
  const publicUrl = variables.data?.PUBLIC_URL
  const isReachedByOthers = publicUrl !== undefined && !isLocalName(publicUrl.hostname)
  if (isReachedByOthers && signIn === undefined && !variables.data?.ALLOW_ANONYMOUS)
    mistakes.push(`PUBLIC_URL: people open the console from other machines. ${noSignIn}`)
  if (!variables.success || mistakes.length > 0) {
    throw new StartError(`The configuration can't be used:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`)
  }

  const { data } = variables
  if (data.DATABASE_URL !== undefined && (test || testClock))
    throw new StartError('--test and --test-clock work on a data folder: unset DATABASE_URL.')
  if (data.DATABASE_URL !== undefined && (mode === 'kms restore' || mode === 'kms rewrap'))
    throw new StartError(
      `${mode} works on a data folder: copy the keys into one with "npm run kms -- migrate folder", unset DATABASE_URL, and copy them back afterwards into an empty database.`,
    )
  const dataDir = dataDirOf(data.KMS_DATA_DIR, fromFile.has('KMS_DATA_DIR') ? file : undefined)
  const tlsFiles =
    data.TLS_CERT_FILE !== undefined && data.TLS_KEY_FILE !== undefined
      ? { certFile: pathOf('TLS_CERT_FILE', data.TLS_CERT_FILE), keyFile: pathOf('TLS_KEY_FILE', data.TLS_KEY_FILE) }
      : undefined
  if (data.KMS_SEED !== undefined && live.length === providers.length && data.KMS_PORT === undefined)
    warnings.push('The seed is not used: both clouds are live, and the local KMS has no KMS_PORT.')
  if (signIn !== undefined && isReachedByOthers && publicUrl.protocol === 'http:')
    warnings.push(
      'PUBLIC_URL is plain http: anyone on the network path can take over the sessions of people. Use https.',
    )
  if (data.DATABASE_URL !== undefined && isReadableByOthers(data.DATABASE_URL))
    warnings.push(
      'DATABASE_URL: the connection to the database is not encrypted. Where its network is not your own, add ?sslmode=verify-full.',
    )
  if (data.KMS_PUBLIC_URL !== undefined && !mode.startsWith('kms') && data.KMS_PORT === undefined)
    warnings.push('KMS_PUBLIC_URL is not used: the local KMS has no KMS_PORT.')
  return {
    mode,
    host: data.HOST,
    port: data.PORT,
    tls: tlsFiles,
    publicUrl: data.PUBLIC_URL,
    readOnly: data.READ_ONLY,
    allowAnonymous: data.ALLOW_ANONYMOUS,
    signIn,
    startToken: data.START_TOKEN && signIn === undefined && live.some(isReachedByNetwork),
    approvals: {
      kinds: data.APPROVALS ?? (signIn ? approvalKinds : []),
      lifetime: data.APPROVAL_HOURS * 3_600_000,
    },
    records: { dataDir, databaseUrl: data.DATABASE_URL },
    auditToStdout: data.AUDIT_STDOUT,
    proxies: data.TRUST_PROXY ?? new BlockList(),
    rateLimit: data.RATE_LIMIT,
    ops: data.OPS_PORT === undefined ? undefined : { host: data.OPS_HOST, port: data.OPS_PORT },
    stopGrace: data.STOP_SECONDS * 1000,
    live,
    outbound,
    kms: {
      port: data.KMS_PORT ?? (mode === 'kms' ? 8400 : undefined),
      dataDir,
      rootKey: data.KMS_ROOT_KEY,
      // A demonstration has its own keys.
      ...(data.DATABASE_URL !== undefined && mode !== 'demo' && { databaseUrl: data.DATABASE_URL }),
      ...(data.KMS_NEW_ROOT_KEY !== undefined && { newRootKey: data.KMS_NEW_ROOT_KEY }),
      ...localKmsOptionsOf(data),
      ...(testClock && { testClock }),
      ...(acceptClock && { acceptClock }),
      ...(test && { test: { token: data.KMS_TEST_TOKEN } }),
      ...(data.KMS_SEED !== undefined &&
        mode !== 'demo' && {
          seedFile: pathOf('KMS_SEED', data.KMS_SEED),
        }),
      ...(data.KMS_PUBLIC_URL && { publicUrl: data.KMS_PUBLIC_URL }),
      ...(data.KMS_ALLOWED_ORIGINS && { origins: data.KMS_ALLOWED_ORIGINS }),
    },
    ...(keys === undefined ? {} : { extraKeys: Number(keys) }),
    file: file?.path,
    logLevel: data.LOG_LEVEL,
    warnings,
  }
}
