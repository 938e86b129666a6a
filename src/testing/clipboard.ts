import { userEvent } from 'vitest/browser'

/** The text in the clipboard, as it is pasted. */
export async function pasted(): Promise<string> {
  const target = document.body.appendChild(document.createElement('textarea'))
  target.focus()
  await userEvent.paste()
  target.remove()
  return target.value
}
