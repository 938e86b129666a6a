import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('quotes what needs it and nothing else', () => {
  expect(csvLine(['plain', 'a "b"', 'c,d', 'e\nf', 'g\r\nh', '', undefined, 7])).toBe(
    'plain,"a ""b""","c,d","e\nf","g\r\nh",,,7\r\n',
  )
})

test('no text can be taken for a formula, a number stays one', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@sum', '\tx', '=a,"b"', -1])).toBe(`'=1+1,'+1,'-1,'@sum,'\tx,"'=a,""b""",-1\r\n`)
})
