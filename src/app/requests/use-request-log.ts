import { useSyncExternalStore } from 'react'
import { onVisitCall, type RecordedCall, recordedCalls } from '../../clouds/visit.ts'

/** Every call since the page was opened or the list cleared, the oldest first. */
export const useRequestLog = (): readonly RecordedCall[] => useSyncExternalStore(onVisitCall, recordedCalls)

export const useRequestCount = (): number => useSyncExternalStore(onVisitCall, () => recordedCalls().length)
