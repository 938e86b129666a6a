import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from '../testing/render.tsx'
import { narrowWindow } from '../testing/window.ts'
import { Tabs } from './Tabs.tsx'

const names = ['Overview', 'Versions and rotation', 'Public key', 'Replicas', 'Code', 'Activity'] as const

function Example() {
  const [value, setValue] = useState<(typeof names)[number]>('Activity')
  return (
    <Tabs label="Key" tabs={names.map((name) => ({ value: name, label: name }))} value={value} onChange={setValue}>
      {value}
    </Tabs>
  )
}

/** Width of the faded ends in pixels. */
const FADED = 28

test('in a narrow window the chosen tab is scrolled clear of the ends of its list', async () => {
  await narrowWindow()
  render(<Example />)
  const list = page.getByRole('tablist')
  const expectClear = async (name: string) => {
    const tab = page.getByRole('tab', { name })
    await expect.element(tab).toHaveAttribute('aria-selected', 'true')
    const [of, within] = [tab.element().getBoundingClientRect(), list.element().getBoundingClientRect()]
    expect(of.left).toBeGreaterThanOrEqual(within.left)
    expect(of.right).toBeLessThanOrEqual(within.right)
    return { of, within }
  }
  await expectClear('Activity')
  await page.getByRole('tab', { name: 'Replicas' }).click()
  const { of, within } = await expectClear('Replicas')
  expect(of.left - within.left).toBeGreaterThanOrEqual(FADED - 1)
})
