import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from '../testing/render.tsx'
import { Picker } from './Picker.tsx'

const optionOf = (text: string) => ({ key: text, value: text, text })
const groups = [{ key: 'keys', label: 'Keys', options: ['from alpha', 'to beta', 'to gamma'].map(optionOf) }]

function Chooser() {
  const [chosen, setChosen] = useState('from alpha')
  return <Picker label="Key" groups={groups} selected={chosen} onChange={setChosen} />
}

test('a key pressed before the open list takes the focus is typed into its search field', async () => {
  render(<Chooser />)
  const button = page.getByRole('combobox', { name: 'Key: from alpha' })
  await expect.element(button).toBeVisible()
  const trigger = button.element()
  if (!(trigger instanceof HTMLElement)) throw new Error('no button')
  trigger.focus()
  trigger.click()
  await Promise.resolve()
  expect(trigger.ariaExpanded).toBe('true')
  expect(document.activeElement).toBe(trigger)
  trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true }))
  const search = page.getByRole('combobox', { name: 'Key: Find' })
  expect(document.activeElement).toBe(search.element())
  await search.fill('to gam')
  await expect.element(page.getByRole('option')).toHaveLength(1)
})
