import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openResult } from './result-writer.ts'
import { deleteLeftoverResults, newResult, savingTime } from './results.ts'
import { stubStorage, type TestStorage } from './testing/origin-private-files.ts'

let storage: TestStorage
beforeEach(() => {
  storage = stubStorage()
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const SIZE = 1000

/** A result with something in it, as while it is made. */
async function written() {
  const result = await newResult()
  const writer = await openResult(result.name, SIZE)
  writer.write(new Uint8Array(SIZE))
  writer.finish()
  return result
}

async function saved() {
  const result = await written()
  result.saving(SIZE)
  return result
}

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

describe('the next visit', () => {
  test('removes what a page left behind that is gone', async () => {
    await written()
    storage.releaseLocks()
    expect(await deleteLeftoverResults()).toBeUndefined()
    expect(storage.names()).toEqual([])
  })

  test('leaves what another page still has', async () => {
    const [made, { name }] = [await written(), await saved()]
    pass(savingTime(SIZE))
    expect(await deleteLeftoverResults()).toBeUndefined()
    expect(storage.names()).toEqual([made.name, name])
  })

  test('leaves what the browser may still be saving, and says when to come again', async () => {
    const { name } = await saved()
    storage.releaseLocks()
    pass(5000)
    const wait = await deleteLeftoverResults()
    expect(wait).toBe(savingTime(SIZE) - 5000)
    expect(storage.names()).toEqual([name])
    pass(wait ?? 0)
    expect(await deleteLeftoverResults()).toBeUndefined()
    expect(storage.names()).toEqual([])
  })

  test('counts from the last time it was saved', async () => {
    const result = await saved()
    pass(60_000)
    result.saving(SIZE)
    storage.releaseLocks()
    expect(await deleteLeftoverResults()).toBe(savingTime(SIZE))
  })
})

test('what is let go stays for as long as saving may take, and not longer', async () => {
  vi.useFakeTimers()
  const result = await saved()
  let over = false
  void result.saved().then(() => {
    over = true
  })
  await vi.advanceTimersByTimeAsync(savingTime(SIZE) - 1)
  expect(over).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(over).toBe(true)
  void (await written()).saved().then(() => {
    over = false
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(over).toBe(false)
})

describe('a page that is left', () => {
  test('takes what is not saved with it', async () => {
    await written()
    storage.leavePage(false)
    expect(storage.names()).toEqual([])
  })

  test('takes what was saved with it when there was time enough for that', async () => {
    const { name } = await saved()
    storage.leavePage(false)
    expect(storage.names()).toEqual([name])
    pass(savingTime(SIZE))
    storage.leavePage(false)
    expect(storage.names()).toEqual([])
  })

  test('keeps it when the browser keeps the page for its back button', async () => {
    const { name } = await written()
    storage.leavePage(true)
    expect(storage.names()).toEqual([name])
  })

  test('asks for nothing when the result was removed before', async () => {
    const result = await saved()
    await result.remove()
    expect(storage.names()).toEqual([])
    await openResult(result.name, 0)
    pass(savingTime(SIZE))
    storage.leavePage(false)
    expect(storage.names()).toEqual([result.name])
  })
})
