/** Approvals whose process ends before it has carried them out. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { AuditPage } from '../../src/clouds/gateway/audit.ts'
import { openRecordsAt } from '../records/open.ts'
import { startTeam } from '../testing/team.ts'

const KEYS = '/v1/kms/nl-01/keys'

describe('a process that ends', () => {
  const folders: string[] = []

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  /** A deletion that was asked for, and is left in this state by a process that ended then. */
  async function left(state: 'approved' | 'running') {
    const dataDir = mkdtempSync(join(tmpdir(), 'approvals-'))
    folders.push(dataDir)
    const first = await startTeam({ KMS_DATA_DIR: dataDir })
    const jar = await first.signIn('linus')
    const send = async (method: string, path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await jar.fetch(`${first.url}/api${path}`, { method, headers, body: JSON.stringify(body) })
      return (await answer.json()) as { identity: string; id: string }
    }
    const { identity } = await send('POST', `/thalassa${KEYS}`, { name: 'left', keyType: 'aes256-gcm96' })
    const path = `${KEYS}/${identity}`
    const { id } = await send('POST', '/approvals', { provider: 'thalassa', method: 'DELETE', path, reason: 'gone' })
    await first.close()
    const records = await openRecordsAt({ dataDir })
    const stored = await records.approvals.find(id)
    if (!stored) throw new Error('The request is not stored')
    const decision = { by: { subject: 'ada', name: 'Ada' }, at: Date.now() - 60_000 }
    const approved = await records.approvals.step(stored, 'approved', { decision })
    if (state === 'running')
      await records.approvals.step(approved, 'running', { carriedOut: { at: Date.now() - 120_000 } })
    await records.close()
    return { dataDir, identity, id }
  }

  const sweptAfter = async ({ dataDir, identity, id }: Awaited<ReturnType<typeof left>>) => {
    const next = await startTeam({ KMS_DATA_DIR: dataDir })
    await Promise.all([next.access.approvals.sweep(), next.access.approvals.sweep()])
    const jar = await next.signIn('ada')
    const key = (await (await jar.fetch(`${next.url}/api/thalassa${KEYS}/${identity}`)).json()) as { status: string }
    const { state } = await next.access.approvals.find(id)
    const log = await jar.fetch(`${next.url}/api/audit?key=${identity}&limit=1`)
    const [{ operation, outcome } = {}] = AuditPage.parse(await log.json()).events
    await next.close()
    return { state, status: key.status, operation, outcome }
  }

  test('between the approval and the call: the call is made once by another one', async () => {
    expect(await sweptAfter(await left('approved'))).toEqual({
      state: 'done',
      status: 'pending_deletion',
      operation: 'scheduleDeletion',
      outcome: 'ok',
    })
  })

  test('in the middle of the call: its outcome is said to be unknown, and it is not made again', async () => {
    expect(await sweptAfter(await left('running'))).toEqual({
      state: 'unknown',
      status: 'active',
      operation: 'scheduleDeletion',
      outcome: 'unknown',
    })
  })
})
