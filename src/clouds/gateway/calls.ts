/** Calls to the gateway itself, and the session of the person. */
import * as z from 'zod/mini'
import { send, type Transport } from '../http.ts'
import { setPermissions } from '../permissions.ts'
import { isSubject, setSubject } from '../sign-in.ts'
import { Session } from './wire.ts'

/** The gateway's own problems are read before `readError` is asked. */
export const gatewayTransport: Transport = {
  name: 'The console’s gateway',
  gatewayPath: (path) => path,
  masked: [],
  readError: (status) => ({
    reason: 'gateway',
    message: `The console’s gateway answered ${status}.`,
    advice: 'See its log, then reload the page.',
  }),
}

/** Reads who is signed in and what is connected; what is refused from now on follows it. */
export async function readSession(signal?: AbortSignal): Promise<Session> {
  const session = await send(gatewayTransport, { method: 'GET', path: '/api/session' }, Session, signal)
  setPermissions(session)
  if (!isSubject(session.person?.subject)) setSubject(session.person?.subject)
  return session
}

/** Ends the session. @returns the address to go to, at the identity provider or here */
export async function signOut(): Promise<string> {
  const { to } = await send(gatewayTransport, { method: 'POST', path: '/auth/sign-out' }, z.object({ to: z.string() }))
  return to
}
