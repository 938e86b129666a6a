import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import { anyCharacter } from '../testing/any-text.ts'
import { migrate } from './migrations.ts'
import { codeOf, openTable, tableNames, tables } from './tables.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))
const sums = { replace: () => undefined }

function openDatabase() {
  const database = new DatabaseSync(':memory:')
  migrate(database, keyWrapper)
  return database
}

test('a code covers every column of its table', () => {
  const database = openDatabase()
  for (const name of tableNames) {
    const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(name)
    expect(columns.map((column) => column.name).sort()).toEqual([...tables[name].columns, 'code'].sort())
  }
  database.close()
})

test('texts of any characters are verified as they are stored', () => {
  const database = openDatabase()
  const resources = openTable(database, 'resources', { keyWrapper, sums })
  const texts = fc.array(anyCharacter, { maxLength: 8 }).map((characters) => characters.join(''))
  fc.assert(
    fc.property(texts, texts, fc.maxSafeInteger(), (id, content, time) => {
      const row = { cloud: 'c', kind: 'k', id, created_at: time, content }
      resources.put(row)
      expect(resources.one(row)).toMatchObject({ id: id.toWellFormed(), content: content.toWellFormed() })
    }),
  )
  database.close()
})

test('no two rows have the same code, also when a character moves from one column to the next', () => {
  const code = (row: Readonly<Record<string, string>>) => codeOf(keyWrapper, 'settings', row).toString('hex')
  const rows = [
    ...[
      { name: 'ab', value: 'c' },
      { name: 'a', value: 'bc' },
      { name: 'a', value: 'b' },
      { name: 'a","b', value: '' },
    ],
    ...[
      { name: '', value: 'a' },
      { name: 'a', value: '' },
    ],
  ]
  expect(new Set(rows.map(code)).size).toBe(rows.length)
  expect(createKeyWrapper(Buffer.alloc(32, 2)).code('a')).not.toEqual(keyWrapper.code('a'))
})
