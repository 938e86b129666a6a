/** Addresses of the gateway's sign-in, and how its window reports to the page that waits. */

/** Path of the sign-in in this tab, which leads back to an address within the console. */
export const signInPath = (to: string): string => `/auth/sign-in?to=${encodeURIComponent(to)}`

/** Path of the sign-in in a window that closes afterwards. */
export const SIGN_IN_POPUP = '/auth/sign-in?popup=1'

/** Name of the `BroadcastChannel` to which that window posts a message before it closes. */
export const SIGN_IN_CHANNEL = 'kms-console sign-in'
