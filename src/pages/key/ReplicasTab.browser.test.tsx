/** Zones of a key, its replicas and the dialog for another one, with answers in place of a server. */
import { useState } from 'react'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { render } from '../../testing/render.tsx'
import { keyWith, NOW } from '../shared/testing/key.ts'
import { opaqueKeyAnswer } from '../shared/testing/provider-keys.ts'
import { ReplicasTab } from './ReplicasTab.tsx'

const home = 'ch-gva-2'
const id = '019ef461-c0ae-7c9c-94bd-081e70fe2b08'
const at = '2026-11-22T11:58:00Z'

const keyIn = (zone: string, members: Partial<KmsKey> = {}) =>
  keyWith({
    cloud: 'exoscale',
    location: zone,
    originZone: home,
    id,
    name: 'spread',
    traits: [zone === home ? 'multi-zone' : 'replica'],
    ...members,
  })

const wireKey = opaqueKeyAnswer({ id, name: 'spread', 'multi-zone': true, 'origin-zone': home })

const failure = { 'attempted-watermark': 4, error: 'zone unreachable', 'failed-at': at }
const states = [
  { zone: 'at-vie-1', 'last-applied-watermark': 4 },
  { zone: 'de-fra-1', 'last-applied-watermark': 3, 'last-failure': failure },
  { zone: 'de-muc-1', 'last-applied-watermark': 0 },
]
const primary = { ...wireKey, replicas: states.map(({ zone }) => zone), 'replicas-status': states }

const callIn = (zone: string) => `GET /api/exoscale/${zone}/kms-key/${id}`

function Replicas({ kmsKey }: { kmsKey: KmsKey }) {
  const [replicating, setReplicating] = useState(false)
  return <ReplicasTab kmsKey={kmsKey} now={NOW} replicating={replicating} onReplicating={setReplicating} />
}

const show = (key: KmsKey) => render(<Replicas kmsKey={key} />)

function open(key: KmsKey, answers: Answers = {}) {
  const all = { [callIn(home)]: { body: primary }, [callIn('at-vie-1')]: { body: wireKey }, ...answers }
  answerCalls(all)
  show(key)
  return all
}

beforeEach(async () => {
  await page.viewport(1280, 720)
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [
      { id: 'exoscale', mode: 'live', zones: [home, 'at-vie-1', 'de-fra-1', 'de-muc-1', 'bg-sof-1', 'at-vie-2'] },
    ],
  })
})

const zone = (name: string) =>
  page.getByRole('table', { name: 'Zones of this key' }).getByRole('row').filter({ hasText: name })
const replicate = () => page.getByRole('button', { name: 'Replicate to…' })

test('each zone shows its progress, the reason of a failure and its own status', async () => {
  open(keyIn(home))
  await expect.element(zone(home)).toMatchTextContent(/This page.*Primary.*Active/)
  await expect.element(zone('at-vie-1')).toMatchTextContent(/Current.*Revision 4 of 4 applied.*Active/)
  await expect
    .element(zone('de-fra-1'))
    .toMatchTextContent(/Failing.*Revision 4 failed on 22 Nov 2026.*“zone unreachable”\..*Not there/)
  await expect.element(zone('de-muc-1')).toMatchTextContent(/Catching up.*Revision 4 not applied yet.*Not there yet/)
  await page.viewport(390, 844)
  await expect.poll(() => document.documentElement.scrollWidth).toBe(390)
})

test('the page of a replica leads to its primary, where it is replicated', async () => {
  open(keyIn('at-vie-1'))
  await expect.element(page.getByText('This is the replica in at-vie-1.')).toBeVisible()
  await expect.element(zone('at-vie-1')).toMatchTextContent('This page')
  await expect.element(replicate()).toHaveAccessibleDescription('This is a replica. Do it on the primary in ch-gva-2.')
})

test('a primary that can’t be read is named, and Retry reads it', async () => {
  const answers = open(keyIn('at-vie-1'), { [callIn(home)]: { status: 403, body: { message: 'no' } } })
  await expect.element(page.getByRole('alert')).toMatchTextContent(`The primary in ${home} could not be read`)
  answers[callIn(home)] = { body: primary }
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect.element(zone('at-vie-1')).toMatchTextContent('Current')
})

test('zones that have the key or refuse it can’t be chosen, with the reason', async () => {
  const refused = (status: number, message?: string) => ({ status, body: { message } })
  const list = (name: string) => `GET /api/exoscale/${name}/kms-key`
  open(keyIn(home), {
    [list('bg-sof-1')]: refused(403, 'Forbidden by role policy for kms'),
    [list('de-muc-1')]: { status: 503 },
    [list('at-vie-2')]: { body: { 'kms-keys': [] } },
    [callIn(home)]: { body: { ...wireKey, replicas: ['at-vie-1'], 'replicas-status': states.slice(0, 1) } },
  })
  await replicate().click()
  const dialog = page.getByRole('dialog', { name: 'Replicate spread' })
  await expect.element(dialog).toMatchTextContent('A replica can’t be deleted alone')
  await expect
    .element(dialog.getByRole('button', { name: 'Replicate', exact: true }))
    .toHaveAccessibleDescription('Choose a zone first.')
  const option = (name: string) => dialog.getByRole('checkbox', { name: new RegExp(`^${name}`) })
  for (const [name, reason] of [
    [home, 'The primary is here'],
    ['at-vie-1', 'Has a replica'],
    ['bg-sof-1', 'Forbidden by role policy for kms.'],
    ['de-muc-1', 'Exoscale answered 503.'],
    ['de-fra-1', 'There is no KMS.'],
  ] as const) {
    await expect.element(option(name)).toHaveAttribute('aria-disabled', 'true')
    await expect.element(option(name)).toHaveAttribute('title', reason)
  }
  await option('at-vie-2').click()
  await expect
    .element(dialog.getByRole('button', { name: 'Replicate to at-vie-2' }))
    .not.toHaveAttribute('aria-disabled')
})

test('several zones are chosen at once', async () => {
  const list = (name: string) => `GET /api/exoscale/${name}/kms-key`
  const success = { body: { id: 'o-1', state: 'success' } }
  const path = `POST /api/exoscale/${home}/kms-key/${id}/replicate`
  const replicas = (...names: string[]) => ({
    ...wireKey,
    replicas: names,
    'replicas-status': names.map((name) => ({ zone: name, 'last-applied-watermark': 4 })),
  })
  const sent = answerCalls({
    [callIn(home)]: { body: replicas('at-vie-1') },
    [list('bg-sof-1')]: { body: { 'kms-keys': [] } },
    [list('at-vie-2')]: { body: { 'kms-keys': [] } },
    [path]: success,
  })
  show(keyIn(home))
  await replicate().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: /^bg-sof-1/ }).click()
  await dialog.getByRole('checkbox', { name: /^at-vie-2/ }).click()
  await dialog.getByRole('button', { name: 'Replicate to 2 zones' }).click()
  await expect
    .element(page.getByRole('region', { name: 'Notifications' }))
    .toMatchTextContent('Added replicas of spread in bg-sof-1 and at-vie-2.')
  expect(sent.filter(({ call }) => call === path).map(({ body }) => body)).toEqual([
    { zone: 'bg-sof-1' },
    { zone: 'at-vie-2' },
  ])
})

test('a replica that catches up is asked for until it is current, and not again', async () => {
  const behind = [{ zone: 'at-vie-1', 'last-applied-watermark': 3 }]
  const current = [{ zone: 'at-vie-1', 'last-applied-watermark': 4 }]
  const answer = (states: readonly object[]) => ({
    body: { ...wireKey, replicas: ['at-vie-1'], 'replicas-status': states },
  })
  const answers: Answers = { [callIn(home)]: answer(behind), [callIn('at-vie-1')]: { body: wireKey } }
  const calls = answerCalls(answers)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  show(keyIn(home))
  await vi.advanceTimersByTimeAsync(0)
  await expect.element(zone('at-vie-1')).toMatchTextContent(/Catching up/)
  answers[callIn(home)] = answer(current)
  await vi.advanceTimersByTimeAsync(2000)
  await expect.element(zone('at-vie-1')).toMatchTextContent(/Current/)
  const asked = calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls.length).toBe(asked)
})

test('the dialog fits 390 px', async () => {
  await page.viewport(390, 844)
  open(keyIn(home))
  await replicate().click()
  await expect.element(page.getByRole('dialog').getByRole('group', { name: 'Zones' })).toBeVisible()
  await expect.poll(() => document.documentElement.scrollWidth).toBe(390)
})
