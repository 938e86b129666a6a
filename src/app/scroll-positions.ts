/** How far the page of each history entry was scrolled, in pixels. Kept in the tab's storage, so that Back works after a reload. */
import { readStored, store } from '../lib/browser-storage.ts'

const KEY = 'scroll-positions'
const MAX_ENTRIES = 200

function readPositions(): Map<string, number> {
  try {
    const stored: unknown = JSON.parse(readStored('sessionStorage', KEY) ?? '[]')
    const rows = Array.isArray(stored) ? stored : []
    return new Map(rows.filter(([entry, top]) => typeof entry === 'string' && typeof top === 'number'))
  } catch {
    return new Map()
  }
}

/** The first entry of a visit has the same key in each: only Back and a reload return to it. */
function isOfEarlierVisit(entry: string): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return (
    entry.startsWith('default ') &&
    !(navigation instanceof PerformanceNavigationTiming && navigation.type !== 'navigate')
  )
}

const positions = new Map([...readPositions()].filter(([entry]) => !isOfEarlierVisit(entry)))

export const scrollPositionOf = (entry: string): number | undefined => positions.get(entry)

export function keepScrollPosition(entry: string, top: number): void {
  positions.delete(entry)
  positions.set(entry, top)
  const [oldest] = positions.keys()
  if (positions.size > MAX_ENTRIES && oldest !== undefined) positions.delete(oldest)
}

export const saveScrollPositions = (): void => store('sessionStorage', KEY, JSON.stringify([...positions]))
