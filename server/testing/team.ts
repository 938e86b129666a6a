/** A console that people sign in to: real gateway, real local KMS in memory, real OpenID provider. */
import type { Access } from '../access/access.ts'
import { readCommandLine } from '../command-line.ts'
import { readConfig } from '../config.ts'
import { connect } from '../connect.ts'
import { createGateway } from '../gateway/gateway.ts'
import { type Hosts, ownHosts } from '../gateway/guard.ts'
import { gatewayOptionsOf } from '../gateway-options.ts'
import { listen } from '../listen.ts'
import { createLogger } from '../log.ts'
import { openAccessFor } from '../open-access.ts'
import { CookieJar } from './browser.ts'
import { type Account, type IdentityProvider, startIdentityProvider } from './identity-provider.ts'

export const people = {
  ada: { name: 'Ada Lovelace', groups: ['kms-admins'] },
  grace: { name: 'Grace Hopper', groups: ['kms-admins', 'sre'] },
  linus: { name: 'Linus Pauling', groups: ['sre'] },
  rosa: { name: 'Rosa Parks', groups: [] },
} satisfies Record<string, Account>

export type PersonName = keyof typeof people

export const rolesOfTest = 'kms-admins: admin; sre: operator; *: viewer'

export interface Team {
  readonly url: string
  readonly provider: IdentityProvider
  readonly access: Access
  /** Moves the clock of the console forward. */
  pass(milliseconds: number): void
  /**
   * A browser in which the person is signed in.
   * @param at address of the console where it is not its own; ends with a slash
   */
  signIn(who: string, jar?: CookieJar, path?: string, at?: string): Promise<CookieJar>
  close(): Promise<void>
}

/** Signs somebody in at the provider's page. */
export async function chooseAt(jar: CookieJar, interaction: URL, who: string) {
  const body = new URLSearchParams({ who })
  return jar.visit(interaction, { method: 'POST', body })
}

/** @param settings variables that are added */
export async function startTeam(
  settings: Readonly<Record<string, string>> = {},
  accounts: Readonly<Record<string, Account>> = people,
): Promise<Team> {
  const provider = await startIdentityProvider(accounts)
  const config = readConfig(
    {
      KMS_DATA_DIR: ':memory:',
      PORT: '0',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      SESSION_SECRET: 'a secret of this test with 32 characters'.replaceAll(' ', '-'),
      ROLES: rolesOfTest,
      ...settings,
    },
    readCommandLine([]),
  )
  if (!config.signIn) throw new Error('The settings have no sign-in')
  const log = createLogger('silent')
  let ahead = 0
  let hosts: Hosts = new Set<string>()
  let url = ''
  const ownUrl = () => config.publicUrl ?? new URL(`${url}/`)
  const { connections, kms } = await connect(config, log, () => undefined)
  const { access, close } = await openAccessFor(config, config.signIn, connections, ownUrl, log, {
    now: () => Date.now() + ahead,
  })
  const answer = createGateway({
    ...gatewayOptionsOf(config),
    version: '1.2.3',
    connections,
    access,
    hosts: () => hosts,
    log,
  })
  const own = await listen({ answer, ready: () => access.ready(), host: '127.0.0.1', port: 0, variable: 'PORT' })
  url = own.url
  hosts = ownHosts({ host: '127.0.0.1', port: own.port, publicUrl: config.publicUrl })
  provider.register(ownUrl().href)
  return {
    url,
    provider,
    access,
    pass(milliseconds) {
      ahead += milliseconds
    },
    async signIn(who, jar = new CookieJar(), path = '/', at = `${url}/`) {
      const { url: interaction } = await jar.visit(`${at}auth/sign-in?to=${encodeURIComponent(path)}`)
      await chooseAt(jar, interaction, who)
      return jar
    },
    async close() {
      await own.close()
      await close()
      await kms?.close()
      await provider.close()
    },
  }
}
