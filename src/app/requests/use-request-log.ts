import { useSyncExternalStore } from 'react'
import { type LoggedExchange, loggedExchanges, onLoggedCall } from '../../clouds/request-log.ts'

/** Requests since the page was loaded or the list cleared, oldest first. */
export const useRequestLog = (): readonly LoggedExchange[] => useSyncExternalStore(onLoggedCall, loggedExchanges)

export const useRequestCount = (): number => useSyncExternalStore(onLoggedCall, () => loggedExchanges().length)
