/** Long work in slices: the same steps run at once where there is little to do, and between frames where there is much. */

/** Ends with a result; each step before is short. */
export type Steps<Result> = Generator<void, Result>

/** Milliseconds of work between two looks at what the person does: half a frame. */
const SLICE_MILLISECONDS = 8

/** Items between two steps, so that asking the clock costs nothing beside them. */
const ITEMS_PER_STEP = 256

/** Goes through a list and offers a step every few items. */
export function* forEachInSteps<Item>(items: readonly Item[], visit: (item: Item, index: number) => void): Steps<void> {
  for (let index = 0; index < items.length; index++) {
    if (index % ITEMS_PER_STEP === ITEMS_PER_STEP - 1) yield
    // The index is within the list, which may hold undefined as an item.
    visit(items[index] as Item, index)
  }
}

/** All of it at once. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

interface Scheduler {
  readonly postTask?: (task: () => void, options: { priority: 'background' }) => Promise<void>
}

/** Lets everything that waits go first, frames among it, without the pause of several milliseconds that timers end in. */
export function pause(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: Scheduler }
  if (scheduler?.postTask) return scheduler.postTask(() => undefined, { priority: 'background' })
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/**
 * All of it in slices of a few milliseconds.
 * @throws the signal's reason once it is aborted
 */
export async function runInSlices<Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result> {
  for (;;) {
    signal.throwIfAborted()
    const end = performance.now() + SLICE_MILLISECONDS
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < end)
    await pause()
  }
}

/** Items that are sorted at a time, by the platform's own sort. */
const SORT_RUN = 1024

function* mergeInSteps<Item>(
  a: readonly Item[],
  b: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Steps<Item[]> {
  const merged: Item[] = new Array(a.length + b.length)
  let left = 0
  let right = 0
  for (let at = 0; at < merged.length; at++) {
    if (at % ITEMS_PER_STEP === ITEMS_PER_STEP - 1) yield
    const takesLeft = right >= b.length || (left < a.length && compare(a[left] as Item, b[right] as Item) <= 0)
    merged[at] = (takesLeft ? a[left++] : b[right++]) as Item
  }
  return merged
}

/** Sorts in steps; equal items keep their order. */
export function* sortInSteps<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Steps<Item[]> {
  let runs: Item[][] = []
  for (let from = 0; from < items.length; from += SORT_RUN) {
    runs.push(items.slice(from, from + SORT_RUN).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const wider: Item[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [a = [], b] = runs.slice(at, at + 2)
      wider.push(b ? yield* mergeInSteps(a, b, compare) : a)
    }
    runs = wider
  }
  return runs[0] ?? []
}
