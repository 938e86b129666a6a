import { type Walk, walkThrough } from './faults-journey.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { button, cancelDeletion, exoscalePath, menuItem } from './key-page.ts'
import { exoscaleUrl, playground } from './playground-page.ts'

interface Answer extends Omit<Walk, 'fail'> {
  readonly name: string
  readonly answer: { status: number; body: string; headers?: Record<string, string> }
}

const answers: readonly Answer[] = [
  {
    name: 'a region that is down (503)',
    answer: { status: 503, body: '{"message":"kms is not available in this region"}' },
    words: 'KMS is not available in this region. Choose another region, or try again later.',
    listWords: 'KMS is not available in this region.',
    keyTitle: 'Keys in region nl-01 can’t be read now',
    status: 503,
  },
  {
    name: 'a token that is refused (401)',
    answer: { status: 401, body: '{"message":"unauthorized"}' },
    words: 'Unauthorized. Check the token in the gateway’s environment; it may have expired.',
    status: 401,
  },
  {
    name: 'a feature that is off (403)',
    answer: { status: 403, body: '{"message":"kms is not enabled for this organisation"}' },
    words: 'KMS is not enabled for this organisation. Ask Thalassa to enable KMS for the organisation.',
    status: 403,
  },
  {
    name: 'what is hidden as if it were not there (404)',
    answer: { status: 404, body: '{"message":"not found"}' },
    words: 'Not found. It does not exist, belongs to another project, or your role can’t read it',
    actWords: /^.*Not found\./,
    keyTitle: 'This key was not found',
    status: 404,
  },
  {
    name: 'too many calls (429)',
    answer: { status: 429, headers: { 'retry-after': '20' }, body: '{"message":"too many requests"}' },
    words: 'Too many requests. Wait 20 seconds, then try again.',
    status: 429,
  },
  {
    name: 'a page in place of an answer (500 with HTML)',
    answer: { status: 500, headers: { 'content-type': 'text/html' }, body: '<html><h1>Internal error</h1></html>' },
    words: 'Thalassa Cloud answered 500 with something that isn’t JSON.',
    status: 502,
    uncertain: true,
  },
  {
    name: 'JSON that is broken',
    answer: { status: 200, body: '{"identity":"kms-' },
    words: 'Thalassa Cloud answered 200 with something that isn’t JSON.',
    status: 502,
    uncertain: true,
  },
]

for (const { name, answer, ...walk } of answers)
  test(`${name}: explained, input kept, and a next step`, async ({ page, faulty }) => {
    await walkThrough(page, faulty, {
      ...walk,
      fail: (method, path) => faulty.upstream.answerWith({ ...answer, method, path }),
    })
  })

test('a missing member of an answer is named', async ({ page, faulty }) => {
  const b = playground(page)
  const key = await faulty.api.exoscale.create({ name: 'whole' })
  await faulty.upstream.answerWith({ method: 'GET', path: '**/kms/nl-01/keys', status: 200, body: '[{"name":"half"}]' })
  await faulty.upstream.answerWith({ method: 'GET', path: `**/${key.id}`, status: 200, body: '{"name":"half"}' })
  await faulty.upstream.answerWith({ method: 'POST', path: '**/encrypt', status: 200, body: '{}' })
  await page.goto(`${faulty.url}/keys`)
  await expect(page.getByRole('row').filter({ hasText: 'whole' })).toBeVisible()
  const unreadable = page.getByRole('list', { name: 'What can’t be read of the keys' }).getByRole('listitem')
  await expect(unreadable).toHaveText('half can’t be read: identity is missing or of another type. Thalassa, nl-01')
  await page.goto(`${faulty.url}/`)
  await expect(page.getByRole('status').filter({ hasText: '1 key can’t be read' })).toBeVisible()

  await page.goto(faulty.url + exoscalePath(key))
  const failed = page.getByRole('main').getByRole('alert')
  await expect(failed).toContainText('Exoscale sent an answer that does not match its API: id is missing')
  await expect(failed).toContainText('the API has changed or a proxy answers in its place.')
  await faulty.upstream.heal()
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'whole' })).toBeVisible()

  await faulty.upstream.answerWith({ method: 'POST', path: '**/encrypt', status: 200, body: '{}' })
  await page.goto(faulty.url + exoscaleUrl(key))
  await b.plaintext.fill('kept')
  await b.encrypt.click()
  await expect(b.failure).toContainText('ciphertext is missing or of another type.')
  await expect(b.plaintext).toHaveValue('kept')
})

test('a conflict (409) keeps the dialog and its input, and the key is read again', async ({ page, faulty }) => {
  const b = playground(page)
  const name = 'contested'
  const key = await faulty.api.exoscale.create({ name })
  const conflict = { status: 409, body: '{"title":"Conflict","status":409,"detail":"another change is under way"}' }
  await page.goto(faulty.url + exoscalePath(key))
  await menuItem(page, 'Schedule deletion…')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /to confirm/ }).fill(name)
  await faulty.upstream.answerWith({ ...conflict, method: 'POST', path: '**/schedule-deletion' })
  await button(page, 'Schedule deletion').click()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('No deletion was scheduled. Another change is under way.')
  await expect(alert).toContainText('Somebody may have changed the key since this page read it.')
  await expect(alert).toContainText(/schedule-deletion · 409/)
  await expectAccessible(page)
  await expect(dialog.getByRole('textbox', { name: /to confirm/ })).toHaveValue(name)
  await faulty.upstream.heal()
  await button(page, 'Schedule deletion').click()
  await expect(cancelDeletion(page)).toBeVisible()
  await cancelDeletion(page).click()
  await button(page, 'Enable').first().click()
  await expect(button(page, 'Enable')).toHaveCount(0)

  await page.goto(faulty.url + exoscaleUrl(key))
  await b.plaintext.fill('kept')
  await faulty.upstream.answerWith({ ...conflict, method: 'POST', path: '**/encrypt' })
  await b.encrypt.click()
  await expect(b.failure).toContainText('Another change is under way.')
  await expect(b.plaintext).toHaveValue('kept')
})
