/** A browser whose clock differs from the gateway's. */
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { inDays } from '../clouds/period.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { compareClocks } from '../lib/current-time.ts'
import { addDays, DAY, MINUTE } from '../lib/dates.ts'
import KeysPage from '../pages/keys/KeysPage.tsx'
import { cacheConsole } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { Shell } from './Shell.tsx'

afterEach(() => compareClocks(Date.now(), performance.now()))

/** An answer of a gateway whose clock is behind the browser's by so much. */
const answerOfGateway = (ahead: number) => compareClocks(Date.now() - ahead, performance.now())

const notice = () => page.getByRole('status').filter({ hasText: 'This computer’s clock' })

test('is told once it is minutes, and no longer when the clock is set', async () => {
  cacheConsole()
  render(<Shell />)
  await expect.element(page.getByRole('link', { name: 'Skip to content' })).toBeInTheDocument()
  answerOfGateway(MINUTE)
  await expect.element(notice()).not.toBeInTheDocument()
  answerOfGateway(-3 * DAY)
  await expect
    .element(notice())
    .toMatchTextContent(/^This computer’s clock is 3 days behind the gateway’s\. Times here/)
  answerOfGateway(12 * MINUTE)
  await expect.element(notice()).toMatchTextContent(/12 minutes ahead of the gateway’s/)
  answerOfGateway(0)
  await expect.element(notice()).not.toBeInTheDocument()
})

test('shows what is due by the gateway’s clock', async () => {
  const rotation = { automatic: true, period: inDays(90), nextAt: addDays(Date.now(), -5.5) }
  cacheConsole([keyWith({ name: 'due', location: 'nl-01', rotation })])
  render(<KeysPage />, { path: '/keys' })
  const row = page.getByRole('row').filter({ hasText: 'due' })
  await expect.element(row.getByText('Overdue 5 d')).toBeVisible()
  answerOfGateway(10 * DAY)
  await expect.element(row.getByText(/^in 4 d/)).toBeVisible()
})
