import { expect, test } from 'vitest'
import type { NewKey } from '../../clouds/cloud.ts'
import { thalassaCode } from '../../clouds/thalassa/code.ts'
import { changedLines, markChanges } from './changed-lines.ts'

test('only new lines are changed, and neither a comma nor alignment is a change', () => {
  expect(changedLines('{\n  "a": 1\n}', '{\n  "a": 1,\n  "b": 2\n}')).toEqual([3])
  expect(changedLines('x\nx', 'x\nx\nx')).toEqual([3])
  expect(changedLines('same', 'same')).toEqual([])
  expect(changedLines('  a = 1', '  a      = 1\n  longer = 2')).toEqual([2])
})

test('the line of the last choice is marked in every language', () => {
  const key: NewKey = {
    location: 'nl-01',
    type: 'aes256-gcm96',
    name: 'orders',
    description: '',
    labels: {},
    annotations: {},
    exportAllowed: false,
    multiZone: false,
    rotation: { automatic: false },
  }
  const marked = markChanges(thalassaCode.create(key), thalassaCode.create({ ...key, type: 'rsa-4096' }))
  const lines = marked.map(({ code, marked: numbers }) => numbers.map((number) => code.split('\n')[number - 1]?.trim()))
  expect(marked.map(({ id }) => id)).toEqual(['curl', 'tcloud', 'Terraform', 'Go'])
  for (const [index, line] of lines.entries()) {
    expect(line, marked[index]?.id).toHaveLength(1)
    expect(line[0], marked[index]?.id).toMatch(/rsa-4096|RSA4096/)
  }
})
