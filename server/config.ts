/** Configuration of the program from arguments, environment and `.env`. */
import { BlockList } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { type ApprovalKind, approvalKinds } from '../src/clouds/gateway/approvals.ts'
import type { Setting } from '../src/clouds/gateway/wire.ts'
import { type CommandLine, type CommandName, readCommandLine } from './command-line.ts'
import { type CredentialFile, fileVariable, readCredentialFiles, rereader } from './credential-files.ts'
import { type EnvFile, type Environment, projectFolder } from './env-file.ts'
import { noSignIn } from './gateway/guard.ts'
import { type Outbound, readOutbound } from './gateway/outbound.ts'
import type { GatewayProvider, Live, ProviderId } from './gateway/provider.ts'
import { localKmsOptionsOf, providers } from './gateway/registry.ts'
import { isLocalName } from './host.ts'
import { IN_MEMORY } from './kms/engine/store.ts'
import type { ProviderOptions } from './kms/registry.ts'
import type { LogLevel } from './log.ts'
import { isReadableByOthers } from './records/database-url.ts'
import type { RecordsPlace } from './records/open.ts'
import { readSignIn, type SignInSettings } from './sign-in/settings.ts'
import { StartError } from './start-error.ts'
import type { TlsFiles } from './tls-files.ts'
import { credentialsOf, ownCredentials, unknownNames, Variables } from './variables.ts'

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
  const warnings = [...unknownNames(set)]
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
  const signIn = variables.success ? readSignIn(variables.data, providers, mistakes) : undefined
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
