import { describe, expect, test } from 'vitest'
import { CallError } from '../errors.ts'
import { type Clock, pollDelay, pollOperation, requireSuccess, systemClock, unknownEnd } from './poll-operation.ts'
import type { Operation } from './wire-organisation.ts'

/** Test time, which passes only by waiting. */
function handClock() {
  let now = 5_000
  const waits: number[] = []
  const clock: Clock = {
    now: () => now,
    async wait(milliseconds, signal) {
      signal?.throwIfAborted()
      now += milliseconds
      waits.push(Math.round(milliseconds / 1000))
    },
  }
  return { clock, waits }
}

const pending: Operation = { id: 'op-1', state: 'pending' }
const done: Operation = { id: 'op-1', state: 'success' }
const call = { method: 'DELETE', path: '/v2/api-key/EXO1' } as const
const failed = (message: string) =>
  new CallError({ reason: 'other', message, advice: '', method: 'GET', path: '/v2/operation/op-1', status: 502 })

/** Returns the answers in turn and repeats the last one; errors are thrown. */
function answering(...answers: (Operation | CallError)[]) {
  const asked: string[] = []
  const read = async (id: string) => {
    asked.push(id)
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? done
    if (answer instanceof CallError) throw answer
    return answer
  }
  return { asked, read }
}

describe('the schedule', () => {
  test.each([
    [0, 3],
    [30, 3],
    [120, 9],
    [600, 40],
    [900, 60],
    [86_400, 60],
  ])('after %i s the next question comes in about %i s', (running, seconds) => {
    expect(Math.round(pollDelay(running))).toBe(seconds)
  })

  test('slows down while an operation runs', async () => {
    const { clock, waits } = handClock()
    const { read } = answering(...Array.from({ length: 30 }, () => pending), done)
    expect(await pollOperation(pending, { read, clock })).toEqual(done)
    expect(waits.slice(0, 11)).toEqual(Array.from({ length: 11 }, () => 3))
    expect(waits.at(-1)).toBeGreaterThan(8)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
  })
})

describe('following', () => {
  test('sends no request if the first answer is final', async () => {
    const { asked, read } = answering(done)
    for (const state of ['success', 'failure', 'timeout'])
      expect(await pollOperation({ id: 'op-1', state }, { read, clock: handClock().clock })).toEqual({
        id: 'op-1',
        state,
      })
    expect(asked).toEqual([])
  })

  test('reports the number of requests', async () => {
    const told: number[] = []
    const { asked, read } = answering(pending, done)
    await pollOperation(pending, { read, clock: handClock().clock, progress: ({ polls }) => told.push(polls) })
    expect(told).toEqual([0, 1])
    expect(asked).toEqual(['op-1', 'op-1'])
  })

  test('stops at the fifth failure in a row; an answer resets the count', async () => {
    const { clock } = handClock()
    const four = ['a', 'b', 'c', 'd'].map(failed)
    const patient = answering(...four, pending, ...four, done)
    expect(await pollOperation(pending, { read: patient.read, clock })).toEqual(done)
    const broken = answering(...four, failed('e'))
    await expect(pollOperation(pending, { read: broken.read, clock })).rejects.toThrow('e')
    expect(broken.asked).toHaveLength(5)
    expect(unknownEnd(failed('No answer.')).details).toMatchObject({
      message: 'Exoscale started the operation, but its result is unknown: No answer.',
      advice: 'Refresh the list to see the current state.',
      path: '/v2/operation/op-1',
    })
  })

  test('stops when aborted, also while waiting', async () => {
    const { read, asked } = answering(done)
    const controller = new AbortController()
    const following = pollOperation(pending, { read, clock: systemClock, signal: controller.signal })
    controller.abort(new Error('left'))
    await expect(following).rejects.toThrow('left')
    expect(asked).toEqual([])
  })
})

describe('the end', () => {
  const endOf = (operation: Operation) => {
    try {
      requireSuccess(operation, call)
    } catch (error) {
      return error instanceof CallError ? error.details : undefined
    }
    return 'fine'
  }

  test('success throws nothing', () => expect(endOf(done)).toBe('fine'))

  test('failure shows the reason and the message', () => {
    expect(endOf({ state: 'failure', reason: 'conflict', message: 'the key is in use' })).toMatchObject({
      reason: 'state',
      message: 'Exoscale started the operation, but it failed: conflict: the key is in use.',
      advice: 'Something may still use it, or it was changed meanwhile. Read the list again.',
      method: 'DELETE',
      path: '/v2/api-key/EXO1',
    })
    expect(endOf({ state: 'failure', reason: 'fault' })).toMatchObject({
      message: 'Exoscale started the operation, but it failed: fault.',
      reason: 'other',
    })
    expect(endOf({ state: 'failure' })).toMatchObject({
      message: 'Exoscale started the operation, but it failed without a reason.',
    })
  })

  test('a timeout does not count as a failure', () => {
    expect(endOf({ state: 'timeout', message: 'worker lost' })).toMatchObject({
      message: 'The operation timed out at Exoscale. It says: worker lost.',
      advice: 'It may have succeeded. Refresh the list to see the current state.',
    })
  })

  test('an operation without a state or id is no success', () => {
    expect(endOf({})).toMatchObject({ reason: 'broken-answer' })
    expect(endOf({ state: 'pending' })).toMatchObject({
      message: 'Exoscale didn’t say whether it is done: its operation has the state “pending” and no id.',
    })
  })
})
