import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { setDisplayedZone } from '../lib/dates.ts'
import KeysPage from '../pages/keys/KeysPage.tsx'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { Rail } from './Rail.tsx'

test('a row shows its dates in UTC once that is chosen, and this browser remembers it', async () => {
  // Stands for the zone of the browser, which is UTC in tests.
  setDisplayedZone('Europe/Amsterdam')
  onTestFinished(() => setDisplayedZone(undefined))
  answerCalls({}, 'none')
  fillCache({ keys: [keyWith({ createdAt: Date.UTC(2026, 10, 22, 23, 30) })] })
  render(
    <>
      <Rail />
      <KeysPage />
    </>,
    { path: '/keys' },
  )
  const zone = page.getByRole('radiogroup', { name: 'Time zone' })
  const created = page.getByRole('row', { name: /billing/ })
  await expect.element(created).toMatchTextContent(/23 Nov 2026/)
  await expect.element(page.getByTitle(/^23 Nov 2026 at 00:30 CET/)).toBeVisible()
  await zone.getByRole('radio', { name: 'UTC' }).click()
  await expect.element(created).toMatchTextContent(/22 Nov 2026/)
  await expect.element(page.getByTitle(/^22 Nov 2026 at 23:30 UTC/)).toBeVisible()
  expect(localStorage.getItem('time-zone')).toBe('utc')
  await zone.getByRole('radio', { name: 'Local' }).click()
  await expect.element(zone.getByRole('radio', { name: 'Local' })).toBeChecked()
  expect(localStorage.getItem('time-zone')).toBeNull()
})
