/** A console that people sign in to, with a real OpenID provider of another site. */
import type { Page } from '@playwright/test'
import { type IdentityProvider, startIdentityProvider } from '../server/testing/identity-provider.ts'
import { test as base } from './fixtures.ts'
import { startFresh } from './server.ts'

const people = {
  ada: { name: 'Ada Lovelace', groups: ['kms-admins'] },
  grace: { name: 'Grace Hopper', groups: ['kms-admins'] },
  linus: { name: 'Linus Pauling', groups: ['sre'] },
  rosa: { name: 'Rosa Parks', groups: [] },
  nobody: { name: 'Nobody Knows', groups: ['others'] },
}

export type PersonName = keyof typeof people

interface SignInConsole {
  readonly url: string
  readonly provider: IdentityProvider
  readonly stop: () => Promise<void>
}

async function startSignIn(roles: string): Promise<SignInConsole> {
  const provider = await startIdentityProvider(people)
  const server = await startFresh('console', {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    SESSION_SECRET: 'a-secret-of-this-test-with-many-characters',
    ROLES: roles,
    KMS_EXOSCALE_SWITCHES: 'default-key=absent',
  })
  provider.register(`${server.url}/`)
  return {
    url: server.url,
    provider,
    async stop() {
      await server.stop()
      await provider.close()
    },
  }
}

/** At the provider’s page. */
export const choose = (page: Page, who: PersonName) => page.getByRole('button', { name: who, exact: true }).click()

/** Signs in from the console's own page, and waits for the page that was wanted. */
export async function signIn(page: Page, url: string, who: PersonName) {
  await page.goto(url)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await choose(page, who)
  await page.waitForURL(url)
}

export const test = base.extend<{ team: SignInConsole }>({
  team: async ({ page, once, context }, use) => {
    const team = await once('team', () => startSignIn('kms-admins: admin; sre: operator; *: viewer'))
    await use(team)
    if (!page.isClosed()) await page.goto('about:blank')
    await context.clearCookies()
  },
})
