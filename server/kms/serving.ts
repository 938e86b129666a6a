/** The services in use. They are opened anew whenever the content of the store was replaced as a whole. */

import { createGate } from './gate.ts'
import type { Services } from './services.ts'
import type { Image } from './store/images.ts'
import type { SqliteStore } from './store/sqlite.ts'

/** Milliseconds: enough for the slowest request there is, which makes an RSA key. */
const PATIENCE = 15_000

export interface Serving {
  /** Services in use now. */
  services(): Services
  /**
   * Work that sees the content before or after it is replaced, and never both. Throws BusyError.
   * @param rest what of it goes on after it has resolved, such as an answer that is read from the store page by page
   */
  use<T>(work: (services: Services) => Promise<T>, rest?: () => Promise<void>): Promise<T>
  /** The content at a moment at which no request is under way. Throws BusyError. */
  takeImage(): Promise<Image>
  /** Puts an image in place of the content. Throws BusyError, and nothing has changed then. */
  putImage(image: Image): Promise<void>
}

/** @param open opens the services on the store as it is */
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
    services = await open()
    opened = next
  }

  return {
    services: () => services,
    async use(work, rest) {
      if (isStale()) await gate.alone(refresh)
      return gate.pass(() => work(services), rest)
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
