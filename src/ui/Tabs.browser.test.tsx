import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from '../testing/render.tsx'
import { narrowWindow } from '../testing/window.ts'
import { Tabs } from './Tabs.tsx'

const names = ['Overview', 'Versions and rotation', 'Public key', 'Replicas', 'Code', 'Activity'] as const

function Example() {
  const [value, setValue] = useState<(typeof names)[number]>('Replicas')
  return (
    <Tabs label="Key" tabs={names.map((name) => ({ value: name, label: name }))} value={value} onChange={setValue}>
      {value}
    </Tabs>
  )
}

/** Width of the faded ends in pixels. */
const FADED = 28

test('in a narrow window the chosen tab is clear of the faded ends of its list', async () => {
  await narrowWindow()
  render(<Example />)
  const list = page.getByRole('tablist')
  await expect.element(list).toBeVisible()
  const room = (name: string) => {
    const tab = page.getByRole('tab', { name }).element().getBoundingClientRect()
    const { left, right } = list.element().getBoundingClientRect()
    return { left: tab.left - left, right: right - tab.right }
  }
  expect(room('Replicas').right).toBeGreaterThanOrEqual(FADED - 1)
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect.element(page.getByRole('tabpanel')).toHaveTextContent('Code')
  expect(room('Code').right).toBeGreaterThanOrEqual(FADED - 1)
  expect(room('Code').left).toBeGreaterThanOrEqual(FADED - 1)
})
