/**
 * Two consoles on one PostgreSQL under load: either is killed at random, and the database three times; prints what was lost.
 * `node bench/crash.ts [SECONDS]`; needs a build.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { verifyFolder } from '../server/kms/backup.ts'
import { openExisting } from '../server/kms/data-folder.ts'
import { withCopy } from '../server/kms/shared/open.ts'
import { openRecordsAt } from '../server/records/open.ts'
import { startPostgres } from '../server/testing/postgres.ts'
import { SUBJECT } from './cookie.ts'
import { startConsoles } from './crash/consoles.ts'
import { type Acknowledged, startLoad } from './crash/load.ts'

const WORKERS = 8
const CRASHES = 3
/** Milliseconds between two kills of a console, on average. */
const BETWEEN = 4000
/** Events that are read at once. */
const PAGE = 5000

const say = (text: string) => void process.stdout.write(`${text}\n`)

async function failuresUnder(postgresUrl: string, folder: string, span: number, crash: () => Promise<void>) {
  const consoles = await startConsoles(folder, postgresUrl)
  const load = startLoad(consoles, { workers: WORKERS })
  let kills = 0
  let isOver = false
  async function killConsoles(): Promise<void> {
    for (let nth = 0; !isOver; nth += 1) {
      await pause(BETWEEN * 2 * Math.random())
      if (isOver) return
      await consoles.kill(nth % 2)
      kills += 1
      process.stderr.write(`crash: console ${(nth % 2) + 1} killed\n`)
    }
  }
  const killing = killConsoles()
  for (let nth = 0; nth < CRASHES; nth += 1) {
    await pause((span / CRASHES) * (0.3 + 0.4 * Math.random()))
    await crash()
    process.stderr.write('crash: the database crashed\n')
    await pause((span / CRASHES) * 0.4)
  }
  isOver = true
  await killing
  const seen = await load.stop()
  await consoles.close()
  return { kills, seen, rootKey: consoles.rootKey }
}

/** What the database has of what was acknowledged. */
async function compare(databaseUrl: string, { acts, decisions, signOuts }: Acknowledged) {
  const records = await openRecordsAt({ dataDir: '/', databaseUrl })
  try {
    const found = await records.auditLog.verify()
    const logged = new Set<string>()
    let events = 0
    for (;;) {
      const page = await records.auditLog.readAfter(events, PAGE)
      for (const { request, upstreamRequest } of page)
        for (const id of [request, upstreamRequest]) if (id) logged.add(id)
      events += page.length
      if (page.length < PAGE) break
    }
    const decided = await Promise.all(decisions.map(async (id) => (await records.approvals.find(id))?.approval.state))
    const ended = await Promise.all(
      signOuts.map((session) => records.revocations.isRevoked({ ...session, subject: SUBJECT })),
    )
    return {
      events,
      chain: 'wrong' in found ? `event ${found.wrong}: ${found.finding}` : undefined,
      acts: acts.filter((id) => !logged.has(id)).length,
      decisions: decided.filter((state) => state !== 'done').length,
      signOuts: ended.filter((isEnded) => !isEnded).length,
    }
  } finally {
    await records.close()
  }
}

/** What the local KMS in the database has of the keys that were made, and what is wrong with it. */
const compareKeys = (databaseUrl: string, dataDir: string, rootKey: string, { keys }: Acknowledged) =>
  withCopy({ dataDir, rootKey, databaseUrl }, (copy) => {
    const { verification } = verifyFolder(copy)
    const { store } = openExisting({ ...copy, isCopy: true })
    const isLost = (id: string) => store.get({ cloud: 'thalassa', location: 'nl-01', id }) === undefined
    const lost = keys.filter(isLost).length
    return store.close().then(() => ({ lost, findings: verification.findings.length }))
  })

async function run(seconds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-crash-'))
  const postgres = await startPostgres({ isDurable: true })
  try {
    say(`Two consoles on one PostgreSQL under ${WORKERS} clients, for ${seconds} seconds`)
    const crash = async () => {
      await postgres.crash()
      await postgres.start()
    }
    const { kills, seen, rootKey } = await failuresUnder(postgres.url, folder, seconds * 1000, crash)
    const lost = await compare(postgres.url, seen)
    const kms = await compareKeys(postgres.url, folder, rootKey, seen)
    const { acts, decisions, signOuts, unexpected } = seen
    const many = (count: number) => count.toLocaleString('en')
    say(`  ${kills} kills of a console, ${CRASHES} crashes of the database`)
    say(
      `  ${many(acts.length)} acts, ${many(decisions.length)} decisions and ${many(signOuts.length)} sign-outs were acknowledged`,
    )
    say(`  ${many(seen.unavailable)} answers 503, ${many(seen.unanswered)} requests without an answer`)
    say(`  longest time without an acknowledgement: ${many(Math.round(seen.longestGap))} ms`)
    say(`  acknowledged acts, decisions and sign-outs that are lost: ${lost.acts}, ${lost.decisions}, ${lost.signOuts}`)
    say(
      `  operations on ${many(seen.disabled)} disabled keys after the answer: ${seen.doneOnDisabled} of ${many(seen.triedOnDisabled)} tried`,
    )
    say(`  requests of an ended session that were admitted: ${seen.admittedAfterSignOut}`)
    say(`  local KMS: ${many(seen.keys.length)} keys, ${kms.lost} lost; findings of its verification: ${kms.findings}`)
    say(`  audit log: ${many(lost.events)} events, ${lost.chain ?? 'everything is as the consoles wrote it'}`)
    for (const text of unexpected.slice(0, 10)) say(`  unexpected: ${text}`)
    const wrong =
      kms.lost +
      kms.findings +
      lost.acts +
      lost.decisions +
      lost.signOuts +
      seen.doneOnDisabled +
      seen.admittedAfterSignOut
    // What nothing was acknowledged of can't be lost, and shows nothing.
    const isIdle = [acts, decisions, signOuts].some(({ length }) => length === 0)
    if (wrong + unexpected.length > 0 || lost.chain !== undefined || isIdle) process.exitCode = 1
  } finally {
    await postgres.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

await run(process.argv[2] === undefined ? 60 : Number(process.argv[2]))
