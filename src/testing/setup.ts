/** Runs before each browser test file: the app's styles and theme, and no error in the console goes unseen. */
import { afterEach, beforeEach, expect, vi } from 'vitest'
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
