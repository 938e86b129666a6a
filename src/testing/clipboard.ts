import { type Mock, vi } from 'vitest'

let write: Mock<(text: string) => Promise<void>> | undefined

/** Called before each test. The real clipboard can't be read instead: all files, which run side by side, share it. */
export function watchClipboard(): void {
  write = vi.spyOn(navigator.clipboard, 'writeText')
}

/** The text that the page copied last. */
export const copiedText = (): string | undefined => write?.mock.lastCall?.[0]
