import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvHead, csvLine } from './csv.ts'

/** Rows as a spreadsheet splits them: quotes count only at the start of a cell. */
function split(text: string, separators: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  let atStart = true
  const endCell = () => {
    row.push(cell)
    cell = ''
    atStart = true
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"' && (quoted || atStart)) {
      quoted = !quoted
      atStart = false
    } else if (quoted) cell += sign
    else if (separators.includes(sign)) endCell()
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at += 1
      endCell()
      rows.push(row)
      row = []
    } else {
      cell += sign
      atStart = false
    }
  }
  return rows
}

const spreadsheets = [
  ['Excel where the list separator is a comma', ','],
  ['Excel where the list separator is a semicolon', ';'],
  ['Excel where the list separator is a tab', '\t'],
  ['LibreOffice, which splits at all of them', ',;\t'],
] as const

const isFormula = (cell: string) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell)

/** Texts of what matters to a spreadsheet. */
const texts = fc.string({ unit: fc.constantFrom(...'=+-@＝＋－＠;,"\t\r\n \'a1'), maxLength: 12 })

test('every text is quoted, numbers are not, and what is absent is empty', () => {
  expect(csvLine(['plain', 'a "b"', 'c,d', 'e\nf', 'g\r\nh', '', undefined, 7, -1])).toBe(
    '"plain","a ""b""","c,d","e\nf","g\r\nh","",,7,-1\r\n',
  )
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['＝1＋1', "'＝1＋1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠sum', "'＠sum"],
  ['\tx', "'\tx"],
  ['\nx', "'\nx"],
  [' =1', "' =1"],
  ['backup;=1+1;x', "backup;'=1+1;x"],
  ['backup\t+1', "backup\t'+1"],
  ['backup\r\n-1', "backup\r\n'-1"],
  ['backup;"=1+1"', `backup;'"=1+1"`],
  ['a=b, c-d', 'a=b, c-d'],
  ['me@example.com', 'me@example.com'],
])('a formula is guarded wherever a cell may start: %j', (text, guarded) => {
  expect(csvLine([text])).toBe(`"${guarded.replaceAll('"', '""')}"\r\n`)
})

describe.each(spreadsheets)('%s', (_, separators) => {
  test('starts no formula', () => {
    const record = fc.array(texts, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(record, (cells) => {
        expect(split(csvLine(cells), separators).flat().filter(isFormula)).toEqual([])
      }),
    )
  })

  test('shows the mark of the encoding in no cell', () => {
    const head = csvHead(['id', 'name'])
    expect(new TextDecoder().decode(new TextEncoder().encode(head))).toBe(csvLine(['id', 'name']))
    expect(split(csvHead(['größe']).slice(1), separators)).toEqual([['größe']])
  })
})

test.each([',', ',;\t'])('texts come back as they were, but for the guards, split at %j', (separators) => {
  const record = fc.array(
    texts.filter((text) => !text.includes("'")),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(record, (cells) => {
      const [row = []] = split(csvLine(cells), separators)
      expect(row.map((cell) => cell.replaceAll("'", ''))).toEqual(cells)
    }),
  )
})
