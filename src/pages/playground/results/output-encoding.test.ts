import { describe, expect, it } from 'vitest'
import { encodeOutput } from './output-encoding.ts'

const valuesOf = (answered: string) => encodeOutput(answered, 'answered').options.map(({ value }) => value)

describe('an answer in an envelope', () => {
  const answered = 'thalassa:v12:AAEC/w=='

  it('is shown as answered until its bytes are asked for', () => {
    expect(valuesOf(answered)).toEqual(['answered', 'hex', 'base64'])
    expect(encodeOutput(answered, 'answered')).toMatchObject({ encoding: 'answered', text: answered })
    expect(encodeOutput(answered, 'hex')).toMatchObject({ encoding: 'hex', text: '000102ff' })
    expect(encodeOutput(answered, 'base64')).toMatchObject({ encoding: 'base64', text: 'AAEC/w==' })
  })
})

describe('an answer in bare base64', () => {
  it('is that text until hex is asked for', () => {
    expect(valuesOf('AAEC/w==')).toEqual(['hex', 'base64'])
    expect(encodeOutput('AAEC/w==', 'answered')).toMatchObject({ encoding: 'base64', text: 'AAEC/w==' })
    expect(encodeOutput('AAEC/w==', 'hex')).toMatchObject({ encoding: 'hex', text: '000102ff' })
  })
})

it('an answer of any other form has that form only', () => {
  expect(encodeOutput('vault|v1|AAEC', 'hex')).toEqual({ encoding: 'answered', text: 'vault|v1|AAEC', options: [] })
})
