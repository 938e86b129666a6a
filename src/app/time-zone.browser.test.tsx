import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { answerCalls } from '../clouds/testing/answers.ts'
import { setDisplayedZone } from '../lib/dates.ts'
import ActivityPage from '../pages/activity/ActivityPage.tsx'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { Rail } from './Rail.tsx'

const entry = { createdAt: '2026-05-30T23:30:00Z', eventID: 'event-1', action: 'kms.rotate' }

test('a row shows its date in UTC once that is chosen, and this browser remembers it', async () => {
  // Stands for the zone of the browser, which is UTC in tests.
  setDisplayedZone('Europe/Amsterdam')
  onTestFinished(() => setDisplayedZone(undefined))
  answerCalls({ 'GET /api/thalassa/v1/audit*': { body: { items: [entry], page: 1, totalPages: 1 } } })
  fillCache({ clouds: [{ id: 'thalassa', mode: 'live' }] })
  render(
    <>
      <Rail />
      <ActivityPage />
    </>,
    { path: '/activity' },
  )
  const zone = page.getByRole('radiogroup', { name: 'Time zone' })
  await expect.element(page.getByText('31 May 2026, 01:30:00 CEST')).toBeVisible()
  await zone.getByRole('radio', { name: 'UTC' }).click()
  await expect.element(page.getByText('30 May 2026, 23:30:00 UTC')).toBeVisible()
  expect(localStorage.getItem('time-zone')).toBe('utc')
  await zone.getByRole('radio', { name: 'Local' }).click()
  await expect.element(zone.getByRole('radio', { name: 'Local' })).toBeChecked()
  expect(localStorage.getItem('time-zone')).toBeNull()
})
