import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonLineError, parseJsonLines } from './json-lines.ts'

test('reads every JSON text as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text)
      expect(parseJsonLines(JSON.stringify(value, null, indent)).value).toEqual(value)
    }),
  )
})

test('gives the line of members, entries and of what is missing', () => {
  const { lineOf } = parseJsonLines('{\n  "a": [\n    1,\n    {"b": "x\\ny"}\n  ],\n  "c": true\n}')
  expect([[], ['a'], ['a', 0], ['a', 1, 'b'], ['a', 7], ['c'], ['d', 'e']].map(lineOf)).toEqual([1, 2, 3, 4, 2, 6, 1])
})

function faultOf(text: string): [number, string] | undefined {
  try {
    parseJsonLines(text)
  } catch (error) {
    if (error instanceof JsonLineError) return [error.line, error.message]
    throw error
  }
  return undefined
}

describe('names the line of a fault', () => {
  test.each([
    ['', [1, 'The text ends early. Add a value.']],
    ['{\n  "a": 1\n  "b": 2\n}', [3, 'Unexpected "b". Add , or }.']],
    ['{\n  a: 1\n}', [2, 'Unexpected a. Add a name in ".']],
    ['{\n  "a" 1\n}', [2, 'Unexpected 1. Add :.']],
    ['{\n  "a": [1,\n]}', [3, 'Unexpected ]. Add a value.']],
    ['{\n  "a": 01\n}', [2, 'Unexpected 01. Add a value.']],
    ['{\n  "a": "x\n"}', [2, 'Unexpected ". Add a value.']],
    ['{"a": 1,\n\n "a": 2}', [3, 'a is there twice. Remove one.']],
    ['{}\n\n}', [3, 'Unexpected } after the end.']],
    ['{\n "a": {', [2, 'The text ends early. Add a name in ".']],
  ])('%j', (text, fault) => {
    expect(faultOf(text)).toEqual(fault)
  })
})
