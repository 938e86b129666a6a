/** The session of the person in this tab. When it ends, calls wait until the person has signed in again. */
import { createStore } from '../lib/store.ts'

/** Whether the session has ended, and calls wait. */
export const sessionEnded = createStore(false)

/** Identifier of the person who is signed in; undefined where nobody signs in. */
let subject: string | undefined
let waiting: PromiseWithResolvers<boolean> | undefined

export function setSubject(next: string | undefined): void {
  subject = next
}

export const isSubject = (other: string | undefined): boolean => other !== undefined && other === subject

/**
 * Waits until the same person has signed in again: a call that the gateway refused because nobody is signed in has reached no
 * cloud, so it can be repeated. False where nobody was signed in before, and once the person has chosen not to.
 */
export async function signedInAgain(signal?: AbortSignal): Promise<boolean> {
  if (subject === undefined) return false
  waiting ??= Promise.withResolvers<boolean>()
  sessionEnded.set(true)
  const { promise } = waiting
  if (signal === undefined) return promise
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  return Promise.race([promise, aborted])
}

/** Ends the waiting: calls are repeated, or fail. */
export function endWaiting(isSignedIn: boolean): void {
  waiting?.resolve(isSignedIn)
  waiting = undefined
  sessionEnded.set(false)
}
