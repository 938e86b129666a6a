import { expect, vi } from 'vitest'

/** How many errors the console has had in this test. */
export const errorCount = (): number => vi.mocked(console.error).mock.calls.length

/** Expects that every error in the console matches, and drops them: only others fail the test. */
export function dropErrors(expected: RegExp): void {
  const { calls } = vi.mocked(console.error).mock
  expect(calls.map(String).filter((text) => !expected.test(text))).toEqual([])
  vi.mocked(console.error).mockClear()
}
