import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from '../../../testing/render.tsx'
import { FileProgress } from './FileProgress.tsx'

test('progress shows the share, and speed and time left once they are steady', async () => {
  const progress = { phase: 'file', done: 250_000_000, total: 1_000_000_000, elapsed: 5_000 } as const
  render(<FileProgress title="Encrypting large.bin" asking="" progress={progress} onCancel={() => undefined} />)
  const bar = page.getByRole('progressbar', { name: 'Encrypting large.bin' })
  await expect.element(bar).toHaveAttribute('aria-valuetext', '25 %, 250 MB of 1 GB')
  expect(document.body.textContent).toMatch(/50 MB\/s15 s left/)
})
