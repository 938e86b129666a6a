import { useSyncExternalStore } from 'react'
import { type LoggedExchange, loggedExchanges, onLoggedCall } from '../../clouds/request-log.ts'

/** Every call since the page was opened or the list cleared, the oldest first. */
export const useRequestLog = (): readonly LoggedExchange[] => useSyncExternalStore(onLoggedCall, loggedExchanges)

export const useRequestCount = (): number => useSyncExternalStore(onLoggedCall, () => loggedExchanges().length)
