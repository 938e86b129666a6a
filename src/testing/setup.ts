/** Runs before each browser test file: the app's styles and theme, and no error in the console goes unseen. */
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { guardPage } from '../app/page-guards.ts'
import { followTimeZone } from '../pages/time-zone.ts'
import { watchClipboard } from './clipboard.ts'
import '../styles.css'

guardPage()
followTimeZone()

/** On a busy machine the browser delivers sizes one frame later and reports that as an error; nothing is lost. */
const LATE_SIZES = 'ResizeObserver loop completed with undelivered notifications.'
const reportsLateSizes = (error: unknown) => error instanceof Error && error.message === LATE_SIZES

beforeEach(() => {
  // All files run in one tab, and a page may write its draft after the test that left it.
  localStorage.clear()
  sessionStorage.clear()
  vi.spyOn(console, 'error')
  watchClipboard()
})

afterEach(() => {
  const errors = vi.mocked(console.error).mock.calls.filter(([first]) => !reportsLateSizes(first))
  vi.restoreAllMocks()
  expect(errors).toEqual([])
})
