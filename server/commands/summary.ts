/** Summary that a console prints below its address. */
import type { Config } from '../config.ts'
import type { Connection } from '../gateway/connection.ts'
import { IN_MEMORY } from '../kms/engine/store.ts'

const OPEN = 'anyone who reaches this address uses the credentials and keys below (ALLOW_ANONYMOUS)'

const signInOf = ({ signIn }: Config): string =>
  [
    signIn?.oidc && `at ${signIn.oidc.issuer.host}`,
    signIn?.signedTokens && `by tokens of ${signIn.signedTokens.issuer}`,
    signIn && signIn.apiTokens.length > 0 && `by API tokens of ${signIn.apiTokens.map(({ name }) => name).join(', ')}`,
  ]
    .filter(Boolean)
    .join(', ')

/** How a live provider is called: by one proxy, if any, but for the hosts that are called directly. */
const routeOf = ({ live, outbound }: Config, id: Connection['id']): string => {
  const urls = live.find((one) => one.id === id)?.urls ?? []
  const routes = outbound.routes.filter(({ url }) => urls.some((one) => URL.parse(one)?.href === url.href))
  const proxy = routes.find((route) => route.proxy)?.proxy
  if (proxy === undefined) return ''
  const direct = routes.filter((route) => route.proxy === undefined).map(({ url }) => url.host)
  return `, through the proxy ${proxy.shown}${direct.length > 0 ? ` but for ${direct.join(', ')}` : ''}`
}

const servedBy = (config: Config, connection: Connection): string => {
  const { mode, endpoint } = connection.describe()
  return mode === 'live' ? `live, ${endpoint}${routeOf(config, connection.id)}` : 'on the local KMS'
}

const dataOf = ({ mode, kms }: Config): string => {
  if (kms.databaseUrl !== undefined) return 'in the database of DATABASE_URL'
  if (kms.dataDir === IN_MEMORY) return 'in memory; nothing is kept'
  return mode === 'demo' ? `${kms.dataDir}, removed at the end` : kms.dataDir
}

/** Lines are indented, so that programs don't read them as an address or a variable. */
export const summaryOf = (
  config: Config,
  connections: readonly Connection[],
  { isLocalKmsOpen, isOpen }: { readonly isLocalKmsOpen: boolean; readonly isOpen: boolean },
): string => {
  const isDemo = config.mode === 'demo'
  const rows: ReadonlyArray<readonly [string, string]> = [
    ...(config.signIn ? [['sign-in', signInOf(config)] as const] : isOpen ? [['no sign-in', OPEN] as const] : []),
    ...connections.map((connection) => [connection.name, servedBy(config, connection)] as const),
    ...config.outbound.certificateFiles.map((file) => ['trusted', `the certificates of ${file} too`] as const),
    ...(config.readOnly
      ? [['read-only', 'it lists, reads, verifies and encrypts; the gateway refuses everything else'] as const]
      : []),
    ...(isLocalKmsOpen ? [['data', dataOf(config)] as const] : []),
    ['settings', config.file ?? 'from the environment; no file was read'],
    ...(isDemo ? [] : [['demo', '`npm run demo` shows it filled'] as const]),
  ]
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
