/** Services in use, reopened whenever the store's whole content was replaced. */

import { createGate } from './gate.ts'
import type { Services } from './services.ts'
import type { Image } from './store/images.ts'
import type { SqliteStore } from './store/sqlite.ts'

/** Milliseconds: enough for the slowest request, the creation of an RSA key. */
const PATIENCE = 15_000

export interface Serving {
  /** Current services. */
  services(): Services
  /**
   * Runs work that sees the content before or after a replacement, never both. Throws BusyError.
   * @param rest remaining work after it has resolved, such as an answer that reads the store page by page
   */
  use<T>(work: (services: Services) => Promise<T>, rest?: () => Promise<void>): Promise<T>
  /** Image of the content while no request runs. Throws BusyError. */
  takeImage(): Promise<Image>
  /** Replaces the content by an image. Throws BusyError, with nothing changed. */
  putImage(image: Image): Promise<void>
}

/** @param open opens the services on the current store */
export async function startServing(store: SqliteStore, open: () => Promise<Services>): Promise<Serving> {
  const gate = createGate(PATIENCE)
  let version = store.dataVersion()
  let generation = store.generation()
  let opened = generation
  let services = await open()

  function isStale(): boolean {
    const now = store.dataVersion()
    if (now !== version) generation = store.generation()
    version = now
    return generation !== opened
  }

  async function refresh(): Promise<void> {
    if (!isStale()) return
    const next = generation
    const before = services
    services = await open()
    before.close()
    opened = next
  }

  return {
    services: () => services,
    use(work, rest) {
      const pass = () => gate.pass(() => work(services), rest)
      const begin = () => (isStale() ? gate.alone(refresh).then(pass) : pass())
      const late = store.refresh?.()
      return late ? late.then(begin) : begin()
    },
    takeImage: () => gate.alone(async () => store.takeImage()),
    putImage: (image) =>
      gate.alone(async () => {
        store.putImage(image)
        generation = store.generation()
        await refresh()
      }),
  }
}
