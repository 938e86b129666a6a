/** Setting with the address of a PostgreSQL database. */
import * as z from 'zod'
import { isLocalName } from '../host.ts'

/** What `sslmode` may be: the other words mean different things to different programs. */
const modes: readonly (string | null)[] = [null, 'disable', 'verify-full']

/** Undefined for a text that is no such address. */
const parsed = (text: string): URL | undefined => {
  const url = URL.parse(text)
  return url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1
    ? url
    : undefined
}

const modeOf = (text: string) => parsed(text)?.searchParams.get('sslmode') ?? null

export const DatabaseUrl = z
  .string()
  .refine(
    (text) => parsed(text) !== undefined,
    'must be the address of a PostgreSQL database: postgres://USER:PASSWORD@HOST:5432/DATABASE',
  )
  .refine(
    (text) => modes.includes(modeOf(text)),
    'can have these words after sslmode=: verify-full, which checks the certificate of the database, or disable',
  )

/** Whether what is sent to the database goes over a network unencrypted. */
export const isReadableByOthers = (text: string): boolean =>
  modeOf(text) !== 'verify-full' && !isLocalName(parsed(text)?.hostname ?? '')
