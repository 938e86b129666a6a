import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { AuditError, type AuditRow } from '../engine/audit.ts'
import { openAuditQueue } from './audit-queue.ts'

const row = (action: string): AuditRow => ({
  ...{ cloud: 'c', organisation: 'o', createdAt: 1, action, resourceType: '', resource: '', user: '' },
  ...{ serviceAccount: '', status: 200, searchText: '', entry: {} },
})

/** Queue whose syncs end when the test says so. */
function open() {
  const commits: string[][] = []
  const syncs: PromiseWithResolvers<void>[] = []
  const answered: string[] = []
  const queue = openAuditQueue({
    commit: (rows) => void commits.push(rows.map(({ action }) => action)),
    sync: () => {
      const one = Promise.withResolvers<void>()
      syncs.push(one)
      return one.promise
    },
    report: () => undefined,
  })
  const append = (action: string) => {
    const written = queue.append([row(action)])
    written.then(
      () => answered.push(action),
      () => undefined,
    )
    return written
  }
  return { queue, append, commits, syncs, answered }
}

test('calls are answered once their commit is synced, whether or not earlier ones are', async () => {
  const { append, commits, syncs, answered } = open()
  for (const action of ['1', '2']) void append(action)
  expect(commits).toEqual([])
  await setImmediate()
  void append('3')
  await setImmediate()
  expect(commits).toEqual([['1', '2'], ['3']])
  expect(answered).toEqual([])
  syncs[1]?.resolve()
  await setImmediate()
  expect(answered).toEqual(['3'])
  syncs[0]?.resolve()
  await setImmediate()
  expect(answered).toEqual(['3', '1', '2'])
})

test('calls that come while three syncs run share the next commit', async () => {
  const { append, commits, syncs, answered } = open()
  for (const action of ['1', '2', '3', '4']) {
    void append(action)
    await setImmediate()
  }
  void append('5')
  await setImmediate()
  expect(commits).toEqual([['1'], ['2'], ['3']])
  syncs[1]?.resolve()
  await setImmediate()
  expect(answered).toEqual(['2'])
  expect(commits).toEqual([['1'], ['2'], ['3'], ['4', '5']])
  for (const sync of syncs) sync.resolve()
  await setImmediate()
  expect(answered).toEqual(['2', '1', '3', '4', '5'])
})

test('a sync that fails refuses the calls of its commit, and no others', async () => {
  const { append, syncs } = open()
  const refused = append('1')
  await setImmediate()
  const next = append('2')
  syncs[0]?.reject(new Error('the disk is broken'))
  await expect(refused).rejects.toThrow(AuditError)
  await setImmediate()
  syncs[1]?.resolve()
  await next
})

test('a close waits for what is under way', async () => {
  const { queue, append, commits, syncs, answered } = open()
  void append('1')
  await setImmediate()
  void append('2')
  const closed = queue.close().then(() => answered.push('closed'))
  syncs[0]?.resolve()
  await setImmediate()
  expect(commits).toHaveLength(2)
  expect(answered).toEqual(['1'])
  syncs[1]?.resolve()
  await closed
  expect(answered).toEqual(['1', '2', 'closed'])
})
