/** Runs before each browser test file: the app's styles and theme, and no error in the console goes unseen. */
import { afterEach, beforeEach, expect, vi } from 'vitest'
// The way into an import circle (Button, Tooltip, part) by which the app enters it.
import '../ui/Button.tsx'
import '../styles.css'

beforeEach(() => {
  vi.spyOn(console, 'error')
})

afterEach(() => {
  const errors = vi.mocked(console.error).mock.calls
  vi.restoreAllMocks()
  localStorage.clear()
  expect(errors).toEqual([])
})
