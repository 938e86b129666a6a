/** Every screen in a browser that blocks all storage, and on a page that came over plain http from another machine. */
import type { ComponentType } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { HelpDialog } from '../app/HelpDialog.tsx'
import { queryClient } from '../app/query-client.ts'
import { queries } from '../clouds/queries.ts'
import { answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { matchPath } from '../router/location.ts'
import { useLocation } from '../router/react.tsx'
import { errorCount } from '../testing/console-errors.ts'
import { blockStorage, leaveSecureContext } from '../testing/limited-browser.ts'
import { cacheConsole } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { pageModules } from './page-modules.ts'
import { patterns } from './patterns.ts'

const signing = keyWith({ name: 'signer', type: 'ed25519', purpose: 'sign', can: ['sign'] })

const titles = {
  overview: 'Overview',
  keys: 'Keys',
  createKey: 'Create key',
  key: 'signer',
  playground: 'Playground',
  apiKeys: 'Exoscale API keys',
  approvals: 'Approvals',
  activity: 'Activity',
  connections: 'Connections',
} as const satisfies Record<keyof typeof pageModules, string>

const screens = Object.entries(titles) as [keyof typeof titles, string][]

async function open(name: keyof typeof titles, search = '') {
  const loaded: { readonly default: ComponentType } = await pageModules[name]()
  const Screen = loaded.default
  const path = patterns[name]
  const address = path.replace(':cloud/:location/:key', 'thalassa/nl-01/kms-1')
  const At = () => (matchPath(path, useLocation().pathname) ? <Screen /> : null)
  return render(<At />, { path: `${address}${search}` })
}

const banner = (title: string) => page.getByText(title)
const noFiles = 'This browser can’t work on files here.'

beforeEach(() => {
  answerCalls({})
  cacheConsole([signing])
  const publicKey = 'GbjRCWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='
  queryClient.setQueryData(queries.publicKeys(signing).queryKey, new Map([[1, publicKey]]))
})

test.each(screens)('%s opens with all storage blocked', async (name, title) => {
  blockStorage()
  await open(name)
  await expect.poll(() => document.title).toBe(`${title} · KMS Console`)
  expect(page.getByText(/failed|went wrong|Access is denied/).elements()).toEqual([])
  expect(errorCount()).toBe(0)
})

test('what would be remembered lasts until a reload, and says so', async () => {
  blockStorage()
  const router = await open('createKey')
  await page.getByRole('radio', { name: /^Exoscale/ }).click()
  await expect.element(page.getByText(/^This browser blocks storage: a reload loses the draft/)).toBeVisible()
  void router.navigate('/elsewhere')
  await page.getByRole('button', { name: 'Keep draft and leave' }).click()
  await expect.poll(() => router.state.location.pathname).toBe('/elsewhere')
  await router.navigate('/keys/new')
  await expect.element(page.getByRole('radio', { name: /^Exoscale/ })).toBeChecked()
})

test('a choice of shortcuts with storage blocked', async () => {
  blockStorage()
  render(<HelpDialog onClose={() => undefined} />)
  const shortcuts = page.getByRole('switch', { name: 'Single-key shortcuts' })
  await expect
    .element(shortcuts)
    .toHaveAccessibleDescription(/This browser blocks storage: the choice is lost on reload\./)
  await shortcuts.click()
  await expect.element(shortcuts).not.toBeChecked()
  await shortcuts.click()
})

test('files with storage blocked say what to allow', async () => {
  blockStorage()
  await open('playground', '?op=file')
  await expect.element(banner(noFiles)).toBeVisible()
  await expect.element(page.getByText(/Allow cookies and site data for this address/)).toBeVisible()
})

test.each(screens)('%s opens over plain http', async (name, title) => {
  leaveSecureContext()
  await open(name)
  await expect.poll(() => document.title).toBe(`${title} · KMS Console`)
  expect(errorCount()).toBe(0)
})

test('what plain http makes impossible is told where it would be', async () => {
  leaveSecureContext()
  const router = await open('playground', '?op=file')
  await expect.element(banner(noFiles)).toBeVisible()
  await expect.element(page.getByText(/must begin with https or name this computer/)).toBeVisible()
  await router.navigate('/elsewhere')
  await open('key', '?tab=public-key')
  await expect.element(page.getByText(/the browser needs HTTPS to compute it/).first()).toBeVisible()
})
