import { expect, test } from 'vitest'
import { keyWith } from '../shared/testing/key.ts'
import { type Chosen, chosenOf, nothing, pressed, withAll } from './selection.ts'
import { prepareRows } from './testing/rows.ts'

const rows = prepareRows(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => keyWith({ id: name, name })))

const names = (chosen: Chosen, shown = rows) => chosenOf(chosen, shown, rows).map(({ key }) => key.name)

function press(chosen: Chosen, name: string, how: { on?: boolean; range?: boolean } = {}, shown = rows): Chosen {
  const row = shown.find(({ key }) => key.name === name)
  if (!row) throw new Error(`no row ${name}`)
  return pressed(chosen, shown, row, { on: true, range: false, ...how })
}

test('a press chooses a row or lets it go', () => {
  const two = press(press(nothing, 'b'), 'd')
  expect(names(two)).toEqual(['b', 'd'])
  expect(names(press(two, 'b', { on: false }))).toEqual(['d'])
})

test('a range goes from the last pressed row to this, in either direction, and follows what this became', () => {
  expect(names(press(press(nothing, 'b'), 'e', { range: true }))).toEqual(['b', 'c', 'd', 'e'])
  const down = press(press(nothing, 'e'), 'c', { range: true })
  expect(names(down)).toEqual(['c', 'd', 'e'])
  expect(names(press(down, 'd', { range: true, on: false }))).toEqual(['e'])
})

test('a range is of what is shown, in its order', () => {
  const shown = rows.filter(({ key }) => key.name !== 'c').reverse()
  expect(names(press(press(nothing, 'f', {}, shown), 'b', { range: true }, shown))).toEqual(['b', 'd', 'e', 'f'])
})

test('without a beginning that is shown, a range is one row', () => {
  expect(names(press(nothing, 'd', { range: true }))).toEqual(['d'])
  const hidden = press(nothing, 'a')
  expect(names(press(hidden, 'c', { range: true }, rows.slice(1)))).toEqual(['a', 'c'])
})

test('all that is shown joins what is hidden, and leaves without it', () => {
  const hidden = press(nothing, 'a')
  const shown = rows.slice(3)
  const all = withAll(hidden, shown, rows, true)
  expect(names(all)).toEqual(['a', 'd', 'e', 'f'])
  expect(names(all, shown)).toEqual(['d', 'e', 'f'])
  expect(names(withAll(all, shown, rows, false))).toEqual(['a'])
})

test('every row is chosen at once, and one of them let go', () => {
  const every = withAll(press(nothing, 'c'), rows.toReversed(), rows, true)
  expect(names(every)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(names(every, rows.slice(4))).toEqual(['e', 'f'])
  expect(names(press(every, 'e', { on: false }))).toEqual(['a', 'b', 'c', 'd', 'f'])
  expect(names(every)).toHaveLength(6)
  expect(names(withAll(every, rows, rows, false))).toEqual([])
})
