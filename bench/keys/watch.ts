/** Runs in the page: times from an event to what is painted for it, and tasks that hold the page up. */

export interface Watched {
  /** Milliseconds from each event to the frame that comes next. */
  readonly next: readonly number[]
  /** Milliseconds from the last event to the frame with the last change of the table. */
  readonly settled: number
  /** Tasks over 50 ms. */
  readonly long: number
}

interface Watch {
  begin: () => void
  /** Waits until the table has been the same for a while. */
  end: () => Promise<Watched>
  /** Waits until the page has nothing to do in the background. */
  rest: () => Promise<void>
  /** When the table had this many rows and nothing more to do, in milliseconds since the navigation began. */
  loaded: (rows: number) => Promise<number>
}

declare global {
  interface Window {
    watch: Watch
  }
}

/** An init script: everything is within. */
export function watchPage(): void {
  /** Milliseconds without a change after which the table counts as settled. */
  const quiet = 300
  const channel = new MessageChannel()
  const painted: (() => void)[] = []
  channel.port1.onmessage = () => painted.shift()?.()
  /** Once what was changed has been painted. */
  const afterPaint = (then: (now: number) => void) =>
    requestAnimationFrame(() => {
      painted.push(() => then(performance.now()))
      channel.port2.postMessage(undefined)
    })
  const table = () => document.querySelector('table[aria-label=Keys]')
  const isIdle = () => table()?.hasAttribute('aria-busy') === false

  let next: number[] = []
  let event = 0
  let changed = 0
  let settled = 0
  let long = 0
  const tasks = new PerformanceObserver((list) => {
    long += list.getEntries().length
  })
  tasks.observe({ type: 'longtask' })
  for (const type of ['keydown', 'click'])
    addEventListener(
      type,
      ({ timeStamp }) => {
        event = timeStamp
        changed = performance.now()
        settled = 0
        afterPaint((now) => next.push(now - timeStamp))
      },
      true,
    )
  new MutationObserver((records) => {
    if (!records.some(({ target }) => target.parentElement?.closest('table') ?? target.nodeName === 'TABLE')) return
    changed = performance.now()
    afterPaint((now) => {
      settled = now - event
    })
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })

  window.watch = {
    begin() {
      tasks.takeRecords()
      next = []
      changed = performance.now()
      settled = 0
      long = 0
    },
    end: () =>
      new Promise((resolve) => {
        const look = () => {
          if (performance.now() - changed < quiet || !isIdle()) return void setTimeout(look, 20)
          long += tasks.takeRecords().length
          resolve({ next, settled, long })
        }
        look()
      }),
    async rest() {
      for (let free = 0; free < 20; ) {
        const asked = performance.now()
        await scheduler.postTask(() => undefined, { priority: 'background' })
        // A slice of the page's own work takes 8 ms.
        free = performance.now() - asked < 4 ? free + 1 : 0
      }
    },
    loaded: (rows) =>
      new Promise((resolve) => {
        const look = () => {
          if (isIdle() && Number(table()?.getAttribute('aria-rowcount')) > rows) resolve(performance.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
  }
}
