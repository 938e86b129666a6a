import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from '../../../testing/render.tsx'
import { RecycledRows } from './RecycledRows.tsx'

function Names() {
  const [names, setNames] = useState(['a', 'b', 'c'])
  return (
    <>
      <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => setNames(['b', 'c', 'd'])}>
        Scroll
      </button>
      <table>
        <RecycledRows>
          {names.map((name) => (
            <tr key={name}>
              <td>
                <button type="button">{name}</button>
              </td>
            </tr>
          ))}
        </RecycledRows>
      </table>
    </>
  )
}

const button = (name: string) => page.getByRole('button', { name, exact: true })

test.each([
  ['stays with a row that is still drawn', 'b', 'BUTTON'],
  ['does not go over to the row that takes the place of one that has left', 'a', 'BODY'],
])('the focus %s', async (_, name, holder) => {
  render(<Names />)
  const left = button('a')
  await expect.element(left).toBeVisible()
  const element = left.element()
  const focused = button(name).element()
  if (focused instanceof HTMLElement) focused.focus()
  await button('Scroll').click()
  await expect.element(button('d')).toBeVisible()
  expect(button('d').element()).toBe(element)
  expect([...document.querySelectorAll('tbody button')].map((one) => one.textContent)).toEqual(['b', 'c', 'd'])
  expect(document.activeElement?.tagName).toBe(holder)
})
