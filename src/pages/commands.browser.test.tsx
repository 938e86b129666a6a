/** Commands that each page offers in the palette: they run the same functions as the page's buttons. */
import type { ComponentType } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { HelpDialog } from '../app/HelpDialog.tsx'
import { answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import ActivityPage from './activity/ActivityPage.tsx'
import { commandGroups } from './commands.ts'
import ConnectionsPage from './connections/ConnectionsPage.tsx'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import { KeyContent } from './key/KeyContent.tsx'
import KeysPage from './keys/KeysPage.tsx'
import OverviewPage from './overview/OverviewPage.tsx'
import PlaygroundPage from './playground/PlaygroundPage.tsx'

const key = keyWith({ name: 'billing', can: ['encrypt'], labels: { env: 'prod' } })
const going = [1, 2, 3, 4, 5, 6].map((number) =>
  keyWith({ name: `going ${number}`, id: `kms-going-${number}`, status: 'pending_deletion' }),
)
const multiZone = keyWith({
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: 'x-1',
  name: 'several',
  type: 'AES_256',
  can: ['encrypt'],
  traits: ['multi-zone'],
})
const singleZone = { ...multiZone, id: 'x-2', name: 'single', traits: [] }

const all = () => commandGroups().flatMap(({ commands }) => commands)
const named = (label: string) => all().find((command) => command.label === label)
const labels = () => all().map(({ label }) => label)

const content = (kmsKey = key) => <KeyContent kmsKey={kmsKey} stale={null} retrying={false} onRetry={() => {}} />

const pages: readonly [string, ComponentType, string, readonly string[]][] = [
  ['the overview', OverviewPage, '/', ['Create key', 'Refresh', 'Cancel deletion of going 2', 'Show 1 more item']],
  [
    'the list of keys',
    KeysPage,
    '/keys',
    [
      'Filter Cloud: Exoscale',
      'Sort by Created',
      'Hide column Labels',
      'Export 9 keys as CSV',
      'Filter Status: Disabled',
    ],
  ],
  [
    'a key',
    () => content(),
    '/keys/thalassa/nl-01/kms-1',
    ['Open in playground', 'Rotate now…', 'Export key material…', 'Copy id', 'Open Versions and rotation'],
  ],
  [
    'the rotation of a key',
    () => content(),
    '/keys/thalassa/nl-01/kms-1?tab=rotation',
    ['Save rotation', 'Open Overview', 'Schedule deletion…'],
  ],
  [
    'the code of a key',
    () => content(),
    '/keys/thalassa/nl-01/kms-1?tab=code',
    ['Copy Go', 'Copy Terraform', 'Copy curl'],
  ],
  ['a key for several zones', () => content(multiZone), '/?tab=replicas', ['Replicate to…']],
  [
    'the playground',
    PlaygroundPage,
    '/playground?key=thalassa/nl-01/kms-1',
    ['Encrypt', 'Use in Decrypt', 'Open Decrypt', 'Show all tabs', 'Choose another key', 'Clear all'],
  ],
  ['files', PlaygroundPage, '/playground?op=file', ['Choose file', 'Encrypt', 'Decrypt a file']],
  ['the wizard', CreateKeyPage, '/keys/new', ['Continue', 'Back', 'Discard draft…']],
  ['activity', ActivityPage, '/activity', ['Clear filters', 'Refresh', 'Export 0 operations as CSV']],
  [
    'connections',
    ConnectionsPage,
    '/connections',
    ['Test connection to Exoscale', 'Connect Thalassa Cloud…', 'Copy Shell'],
  ],
]

test.each(pages)('%s offers its commands', async (_, Shown, path, expected) => {
  answerCalls({}, 'none')
  fillCache({ keys: [key, ...going, multiZone, singleZone] })
  render(<Shown />, { path })
  await expect.poll(labels).toEqual(expect.arrayContaining([...expected]))
})

test.each([
  ['the list of keys', KeysPage, '/keys', { 'Clear filters': 'No filter is set.' }],
  ['the rotation of a key', () => content(), '/?tab=rotation', { 'Save rotation': 'Nothing changed yet.' }],
  ['files', PlaygroundPage, '/playground?op=file', { Encrypt: 'Choose a key first.' }],
  [
    'the playground',
    PlaygroundPage,
    '/playground',
    { 'Show all tabs': 'All tabs are shown while no key is chosen.', 'Use in Decrypt': 'Encrypt first.' },
  ],
  [
    'the wizard',
    CreateKeyPage,
    '/keys/new',
    { Back: 'This is the first step.', 'Discard draft…': 'Nothing was chosen or typed yet.' },
  ],
] as const)('%s says why a command can’t run', async (_, Shown, path, reasons) => {
  answerCalls({}, 'none')
  fillCache({ keys: [key, singleZone] })
  render(<Shown />, { path })
  for (const [label, reason] of Object.entries(reasons))
    await expect.poll(() => named(label)?.disabledReason).toContain(reason)
})

test('commands of the list filter, sort, choose columns and act on the selection', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [key, multiZone] })
  const router = render(<KeysPage />, { path: '/keys' })
  const run = async (label: string) => {
    await expect.poll(() => named(label)).toBeDefined()
    const { run: act } = named(label) ?? {}
    if (typeof act === 'function') act()
  }
  const search = () => router.state.location.search
  await run('Filter Cloud: Exoscale')
  await expect.poll(search).toBe('?cloud=exoscale')
  await run('Remove filter Cloud: Exoscale')
  await expect.poll(search).toBe('')
  await expect.poll(() => named('Filter Cloud: Exoscale')).toBeDefined()
  await run('Sort by Created')
  await expect.poll(search).toBe('?sort=created')
  await run('Sort by Created, descending')
  await expect.poll(search).toBe('?sort=-created')
  await run('Hide column Location')
  await expect.element(page.getByRole('columnheader', { name: 'Location' })).not.toBeInTheDocument()
  await run('Reset columns')
  await expect.element(page.getByRole('columnheader', { name: 'Location' })).toBeVisible()
  await page.getByRole('checkbox', { name: /^Select billing,/ }).click()
  await expect.poll(() => commandGroups()[0]?.title).toBe('On 1 selected key')
  expect(named('Enable')?.disabledReason).toBe('The key is already active.')
  await run('Select all 2')
  await expect.poll(() => commandGroups()[0]?.title).toBe('On 2 selected keys')
})

test('the list of shortcuts has those of the screens and of the page', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [key] })
  render(
    <>
      <PlaygroundPage />
      <HelpDialog onClose={() => {}} />
    </>,
    { path: '/playground?key=thalassa/nl-01/kms-1' },
  )
  const help = page.getByRole('dialog', { name: 'Help and shortcuts' })
  for (const words of ['Find a key or action', 'Search on this page', 'Create a key', 'Overview', 'Encrypt'])
    await expect.element(help.getByText(words, { exact: true })).toBeVisible()
})
