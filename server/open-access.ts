/** Sign-in, roles and records of people, from the configuration. */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { AuditEvent } from '../src/clouds/gateway/audit.ts'
import { type Access, openAccess } from './access/access.ts'
import { eventOf } from './access/events.ts'
import type { Config } from './config.ts'
import { clientAddress } from './gateway/client-address.ts'
import type { Connection } from './gateway/connection.ts'
import { defaultTimeout } from './gateway/upstream.ts'
import type { Meter } from './ops/meter.ts'
import { openRecordsAt } from './records/open.ts'
import { cookiePlace } from './sign-in/cookies.ts'
import { openSealer } from './sign-in/sealed.ts'
import { openSessions, type Sessions } from './sign-in/sessions.ts'
import type { SignInSettings } from './sign-in/settings.ts'
import { openSignIn } from './sign-in/sign-in.ts'
import { version } from './version.ts'

export interface OpenedAccess {
  readonly access: Access
  /** Number of requests for approval that wait for a decision. */
  approvalsWaiting(): Promise<number>
  close(): Promise<void>
}

/** Milliseconds between two looks at approvals that are late or left over. */
const SWEEP = 5_000

/** Only where it is needed: the libraries take a fifth of a second to load. */
async function loadProviders({ oidc, signedTokens }: SignInSettings, now: () => number) {
  const loadedOidc = oidc && (await import('./sign-in/oidc.ts')).openOidc(oidc, now)
  const read = signedTokens && (await import('./sign-in/tokens.ts')).openSignedTokens(signedTokens, now)
  return { oidc: loadedOidc, signedTokens: signedTokens && read && { header: signedTokens.header, read } }
}

/**
 * @param publicUrl address that people open; called when it is needed
 * @param now milliseconds since the epoch
 * @throws StartError for records that can't be opened
 */
export async function openAccessFor(
  config: Config,
  signInSettings: SignInSettings,
  connections: readonly Connection[],
  publicUrl: () => URL,
  log: Logger,
  { now = Date.now, meter }: { readonly now?: () => number; readonly meter?: Meter | undefined } = {},
): Promise<OpenedAccess> {
  const { secrets, grants, groupsClaim, apiTokens, idle, absolute } = signInSettings
  const written = (event: AuditEvent) => {
    if (config.auditToStdout) process.stdout.write(`${JSON.stringify(event)}\n`)
  }
  const records = await openRecordsAt(config.records, { now, written })
  const [first = randomBytes(32).toString('base64'), ...older] = secrets
  const sealer = openSealer([first, ...older])
  const place = () => cookiePlace(publicUrl())
  const sealed = openSessions({ sealer, place, limits: { idle, absolute }, revocations: records.revocations, now })
  const sessions: Sessions = {
    ...sealed,
    start(who) {
      meter?.session('started')
      return sealed.start(who)
    },
    async end(ended) {
      await sealed.end(ended)
      meter?.session('ended')
    },
  }
  const clientOf = clientAddress(config.proxies)
  const report = (error: unknown) => {
    const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined }
    log.warn({ cause: cause instanceof Error ? cause.message : undefined }, message)
  }
  const signIn = openSignIn({
    publicUrl,
    grants,
    groupsClaim,
    sessions,
    sealer,
    place,
    apiTokens,
    ...(await loadProviders(signInSettings, now)),
    now,
    record: (what, person, request, id) =>
      records.auditLog.append(eventOf({ person, client: clientOf(request), request: id }, now(), what)),
    report,
  })
  const access = openAccess({
    signIn,
    grants,
    records,
    connections,
    readOnly: config.readOnly,
    approvalKinds: config.approvals.kinds,
    approvalLifetime: config.approvals.lifetime,
    timeout: defaultTimeout,
    agent: `kms-console/${version}`,
    meter,
    now,
    report,
  })
  const sweeping = setInterval(() => void access.approvals.sweep().catch(report), SWEEP)
  sweeping.unref()
  return {
    access,
    approvalsWaiting: async () => (await access.approvals.list(['waiting'])).length,
    async close() {
      clearInterval(sweeping)
      await records.close()
    },
  }
}
