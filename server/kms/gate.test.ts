import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BusyError, createGate } from './gate.ts'

const LONG = 600_000

/** Work that ends on demand. */
function work(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    end: resolve,
    run: async () => {
      log.push(`${name} begins`)
      await promise
      log.push(`${name} ends`)
    },
  }
}

test('a task runs alone, after running work and before later work', async () => {
  const gate = createGate(LONG)
  const log: string[] = []
  const [before, task, after] = [work(log, 'before'), work(log, 'task'), work(log, 'after')]
  const first = [gate.pass(before.run), gate.alone(task.run)]
  await setImmediate()
  const all = [...first, gate.pass(after.run)]
  expect(log).toEqual(['before begins'])
  before.end()
  await setImmediate()
  expect(log).toEqual(['before begins', 'before ends', 'task begins'])
  after.end()
  task.end()
  await Promise.all(all)
  expect(log.slice(3)).toEqual(['task ends', 'after begins', 'after ends'])
})

test('the rest of work after it has resolved counts as running', async () => {
  const gate = createGate(LONG)
  const log: string[] = []
  const { promise: sent, resolve } = Promise.withResolvers<void>()
  await gate.pass(
    async () => log.push('answered'),
    () => sent,
  )
  const task = gate.alone(async () => log.push('task'))
  await setImmediate()
  expect(log).toEqual(['answered'])
  resolve()
  await task
  expect(log).toEqual(['answered', 'task'])
})

test('failed work is no longer running', async () => {
  const gate = createGate(LONG)
  await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate.alone(async () => 'done')).toBe('done')
})

test('at the deadline the task is refused without having started, and other work continues', async () => {
  const gate = createGate(1)
  const log: string[] = []
  const stuck = work(log, 'stuck')
  const stays = gate.pass(stuck.run)
  const task = gate.alone(async () => log.push('task'))
  await setImmediate()
  const later = gate.pass(async () => log.push('later'))
  await expect(task).rejects.toThrow(BusyError)
  await expect(task).rejects.toThrow(/^1 requests are still under way after 0\.001 seconds$/)
  await later
  expect(log).toEqual(['stuck begins', 'later'])
  stuck.end()
  await stays
  expect(await gate.alone(async () => 'done')).toBe('done')
})
