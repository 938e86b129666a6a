import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { atEndOfTurn } from './at-end-of-turn.ts'

test('handles what came in one turn together and in order, and what comes meanwhile in the next turn', async () => {
  const log: string[] = []
  const handle = atEndOfTurn((name: string) => {
    log.push(name)
    if (name === 'second') handle('fourth')
  })
  for (const name of ['first', 'second', 'third']) handle(name)
  expect(log).toEqual([])
  await setImmediate()
  expect(log).toEqual(['first', 'second', 'third'])
  await setImmediate()
  expect(log.at(-1)).toBe('fourth')
})
