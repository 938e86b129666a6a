import { describe, expect, test } from 'vitest'
import { CHECKBOX_WIDTH, isHiddenInPrint, layoutAfter, MENU_WIDTH, nameWidth, stepsFor } from './column-widths.ts'
import { type ColumnId, columnIds } from './keys-view.ts'

const none = new Set<ColumnId>()
const roomAt = (width: number, hidden: ReadonlySet<ColumnId> = none) =>
  layoutAfter(stepsFor(width, hidden, nameWidth(24)), hidden)
const shownAt = (width: number, hidden?: ReadonlySet<ColumnId>) => roomAt(width, hidden).shown.map(({ id }) => id)

describe('what a table has room for', () => {
  test.each<[string, readonly number[], readonly ColumnId[]]>([
    ['1900', [1680, 1660], []],
    ['1440, without and with a scroll bar', [1228, 1213], ['nextRotation', 'created', 'version']],
    ['1280', [1068, 1053], ['nextRotation', 'created', 'version', 'lastRotated']],
    ['1024', [972, 957], ['nextRotation', 'created', 'version', 'lastRotated', 'labels']],
    ['720', [668, 653], ['nextRotation', 'created', 'version', 'lastRotated', 'labels', 'type']],
  ])('in a window of %s', (_, widths, gone) => {
    for (const width of widths) {
      expect([...roomAt(width).leftOut].sort()).toEqual([...gone].sort())
      expect(shownAt(width)).toEqual(columnIds.filter((id) => !gone.includes(id)))
    }
  })

  test('the cloud is its mark alone before the labels leave', () => {
    const brief = (width: number) => roomAt(width).shown.find(({ id }) => id === 'cloud')?.brief
    expect(brief(1680)).toBe(false)
    expect(brief(1068)).toBe(true)
    expect(shownAt(1068)).toContain('labels')
  })

  test('a column that is hidden makes room for another', () => {
    expect(shownAt(1068, new Set(['labels']))).toContain('lastRotated')
    expect(roomAt(1440, new Set(['created', 'nextRotation'])).leftOut.size).toBe(0)
  })

  test('the name has 200 pixels while another column can leave, and never fewer than 112', () => {
    for (let width = 640; width < 2400; width += 1) {
      const fixed = roomAt(width).shown.reduce((sum, column) => sum + (column.width ?? 0), CHECKBOX_WIDTH + MENU_WIDTH)
      const nameFixed = roomAt(width).shown.find(({ id }) => id === 'name')?.width ?? 0
      expect(width - fixed + nameFixed).toBeGreaterThanOrEqual(width > 900 ? 200 : 112)
    }
  })

  test('in a wide window the name stays near the others, and the last takes what is left', () => {
    const { shown } = roomAt(2348)
    expect(shown[0]).toEqual({ id: 'name', width: 480, brief: false })
    expect(shown.at(-1)).toEqual({ id: 'labels', width: undefined, brief: false })
    expect(roomAt(2348, new Set(['labels'])).shown.at(-1)).toEqual({ id: 'created', width: undefined, brief: false })
  })

  test('paper has no column that can leave', () => {
    expect(columnIds.filter(isHiddenInPrint)).toEqual([
      'type',
      'lastRotated',
      'nextRotation',
      'version',
      'created',
      'labels',
    ])
  })
})
