/** Parts whose chunk can't be loaded when they are first needed. */
import { type ReactNode, Suspense, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { dropErrors, errorCount } from '../testing/console-errors.ts'
import { render } from '../testing/render.tsx'
import { dismissChunkErrors } from '../ui/chunk-errors.ts'
import { lazyComponent } from '../ui/lazy-component.ts'
import { lazySection } from '../ui/lazy-section.tsx'
import { ChunkErrorBanner } from './ChunkErrorBanner.tsx'

const network = { up: false }

const missing = () => new TypeError('Failed to fetch dynamically imported module: /assets/Part.js')

/** Loads a component while the network is up. */
const loadWhenUp =
  <P extends object>(component: (props: P) => ReactNode) =>
  async () => {
    if (!network.up) throw missing()
    return component
  }

const Part = () => <p>The part</p>

interface ClosableProps {
  onClose: () => void
}

const banner = () => page.getByRole('alert').filter({ hasText: 'A part of the console could not be loaded.' })
const button = (name: string) => page.getByRole('button', { name, exact: true })

function backOnline() {
  network.up = true
  dispatchEvent(new Event('online'))
}

afterEach(() => {
  // React reports what its boundaries catch.
  dropErrors(/dynamically imported module/)
  dismissChunkErrors()
  network.up = false
})

test('a dialog that can’t be loaded closes, a banner reports it, and opening it again loads it', async () => {
  const Dialog = lazyComponent<ClosableProps>(loadWhenUp(Part))
  function Screen() {
    const [open, setOpen] = useState(false)
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          Open
        </button>
        <Suspense>{open ? <Dialog onClose={() => setOpen(false)} /> : null}</Suspense>
        <ChunkErrorBanner />
      </>
    )
  }
  render(<Screen />)
  await button('Open').click()
  await expect.element(banner()).toMatchTextContent('This page stays.')
  await button('Close').click()
  await expect.element(banner()).not.toBeInTheDocument()
  await button('Open').click()
  await expect.element(banner()).toBeVisible()
  backOnline()
  await expect.element(banner()).not.toBeInTheDocument()
  await button('Open').click()
  await expect.element(page.getByText('The part')).toBeVisible()
})

test('a section reports it in its place, and Retry loads it', async () => {
  const Section = lazySection(loadWhenUp(Part))
  render(
    <>
      <Suspense>
        <Section />
      </Suspense>
      <ChunkErrorBanner />
    </>,
  )
  const failed = page.getByRole('alert').filter({ hasText: 'This part could not be loaded' })
  await expect.element(failed).toMatchTextContent('reload the page')
  await expect.element(banner()).not.toBeInTheDocument()
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect.element(failed).toBeVisible()
  network.up = true
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect.element(page.getByText('The part')).toBeVisible()
  await expect.element(failed).not.toBeInTheDocument()
})

test('an optional part is left out, what is typed beside it stays, and it comes with the network', async () => {
  const Optional = lazyComponent(loadWhenUp(Part), { silent: true })
  function Screen() {
    const [shown, setShown] = useState(true)
    return (
      <>
        <input aria-label="Plaintext" />
        <button type="button" onClick={() => setShown(!shown)}>
          Show
        </button>
        <Suspense>{shown ? <Optional /> : null}</Suspense>
        <ChunkErrorBanner />
      </>
    )
  }
  render(<Screen />)
  await page.getByRole('textbox').fill('typed')
  await expect.poll(errorCount).toBeGreaterThan(0)
  await expect.element(banner()).not.toBeInTheDocument()
  await expect.element(page.getByRole('textbox')).toHaveValue('typed')
  backOnline()
  await button('Show').click()
  await button('Show').click()
  await expect.element(page.getByText('The part')).toBeVisible()
})
