import { describe, expect, it } from 'vitest'
import { linksIn } from '../paths.ts'
import { readPlaygroundUrl } from './playground-url.ts'

const address = { cloud: 'thalassa', location: 'nl-01', key: 'kms-1' } as const
const read = (path: string) => readPlaygroundUrl(new URL(path, 'http://console').searchParams)

describe('the URL of the playground', () => {
  it('names the operation and the key of a link', () => {
    expect(read(linksIn().playground(address, { op: 'decrypt' }))).toEqual({
      operation: 'decrypt',
      address,
      invalid: false,
    })
    expect(read(linksIn().playground())).toEqual({ operation: 'encrypt', invalid: false })
  })

  it.each(['thalassa/nl-01', 'other/nl-01/kms-1', 'thalassa//kms-1', 'thalassa/nl-01/kms-1/x', ''])(
    'names no key in %j',
    (text) => {
      expect(read(`/playground?key=${text}&op=fly`)).toEqual({ operation: 'encrypt', invalid: true })
    },
  )
})
