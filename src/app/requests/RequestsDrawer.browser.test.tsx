import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { CallError } from '../../clouds/errors.ts'
import { clearLoggedExchanges, type FinishedCall, logCall } from '../../clouds/request-log.ts'
import { openPlayground } from '../../pages/playground/testing/open-playground.tsx'
import { FailedCall } from '../../pages/shared/Failure.tsx'
import { versionedKey } from '../../pages/shared/testing/provider-keys.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { Overlays } from '../Overlays.tsx'
import { RequestsDrawer } from './RequestsDrawer.tsx'

const drawer = page.getByRole('dialog', { name: 'Requests' })
const rows = drawer.getByRole('list', { name: 'Requests, the newest first' }).getByRole('listitem')
const call = (name: RegExp) => drawer.getByRole('button', { name })

const finished: FinishedCall = {
  cloud: 'thalassa',
  method: 'GET',
  path: '/v1/kms/nl-01/keys/kms-1',
  at: Date.UTC(2026, 10, 22, 14, 32),
  duration: 12,
  status: 200,
  masked: [],
  request: { headers: {} },
  response: {
    headers: new Headers({ 'content-type': 'application/json' }),
    body: { name: 'inspected', labels: { env: 'prod' } },
    size: 120,
  },
}

const refused: FinishedCall = {
  ...finished,
  path: '/v1/kms/nl-01/keys',
  status: 403,
  requestId: 'refused-1',
  response: { headers: new Headers(), body: { message: 'the token may not do that' }, size: 40 },
}

beforeEach(() => {
  clearLoggedExchanges()
  fillCache()
})

test('a request has time, method, path, status, duration, size, headers and bodies, on a narrow screen too', async () => {
  logCall(finished)
  await page.viewport(390, 844)
  render(<RequestsDrawer first={undefined} onClose={() => {}} />)
  const row = call(/kms-1/)
  await expect
    .element(row)
    .toHaveAccessibleName(/^14:32:00 GET \/v1\/kms\/nl-01\/keys\/kms-1 Thalassa status 200 12 ms 120 B$/)
  await row.click()
  await expect.element(drawer.getByText('content-type: application/json')).toBeVisible()
  await expect.element(drawer.getByRole('tabpanel')).toMatchTextContent(/"name": "inspected"/)
  await drawer.getByRole('tab', { name: 'curl' }).click()
  await expect.element(drawer.getByRole('tabpanel')).toMatchTextContent(/\$THALASSA_PERSONAL_ACCESS_TOKEN/)
  expect(drawer.element().getBoundingClientRect()).toMatchObject({ x: 0, width: 390 })
  await page.viewport(1280, 720)
})

test('requests are filtered by result and destination, and cleared', async () => {
  logCall({ ...finished, cloud: undefined, path: '/api/session' })
  logCall(finished)
  logCall(refused)
  render(<RequestsDrawer first={undefined} onClose={() => {}} />)
  await expect.element(rows).toHaveLength(3)
  await drawer.getByRole('radio', { name: 'Failed 1' }).click()
  await expect.element(rows).toHaveLength(1)
  await expect.element(drawer.getByText('1 of 3 requests')).toBeInTheDocument()
  await call(/failed/).click()
  await expect.element(drawer.getByRole('tabpanel')).toMatchTextContent(/the token may not do that/)
  await expect.element(drawer.getByText('refused-1').first()).toBeVisible()
  await expectAccessible()
  await drawer.getByRole('radio', { name: 'All' }).click()
  await drawer.getByRole('button', { name: 'To', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: /gateway/ }).click()
  await userEvent.keyboard('{Escape}')
  await expect.element(rows).toHaveLength(1)
  await expect.element(call(/GET \/api\/session Gateway/)).toBeVisible()
  await drawer.getByRole('button', { name: 'Clear' }).click()
  await expect.element(drawer.getByText('No requests yet')).toBeVisible()
})

test('a failure opens its request', async () => {
  const logId = logCall(refused)
  logCall(finished)
  const error = new CallError({
    reason: 'unauthorized',
    message: 'The token may not do that.',
    advice: 'Ask for it.',
    method: 'GET',
    path: '/v1/kms/nl-01/keys',
    status: 403,
    logId,
  })
  render(
    <>
      <FailedCall title="No keys could be read" error={error} />
      <Overlays />
    </>,
  )
  await page.getByRole('button', { name: 'Show request' }).click()
  const row = call(/failed/)
  await expect.element(row).toHaveFocus()
  await expect.element(row).toHaveAttribute('aria-expanded', 'true')
  await drawer.getByRole('button', { name: 'Close' }).click()
  await expect.element(drawer).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Show request' })).toHaveFocus()
})

test('the history of the playground leads to the request', async () => {
  const answers = { 'POST */encrypt': { body: { ciphertext: 'thalassa:v7:AAEC', keyVersion: '7' } } }
  openPlayground(versionedKey, { answers })
  render(<Overlays />)
  await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('a')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const history = page.getByRole('region', { name: 'History' })
  await history.getByRole('button', { name: 'Show request: Encrypt, billing archive, v7' }).first().click()
  await expect.element(call(/POST .*\/encrypt/)).toHaveAttribute('aria-expanded', 'true')
  await expect.element(call(/POST .*\/encrypt/)).toHaveFocus()
})
