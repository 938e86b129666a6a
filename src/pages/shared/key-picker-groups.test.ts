import { describe, expect, it } from 'vitest'
import { describeUnread, formatUsable, groupKeyOptions } from './key-picker-groups.ts'
import { opaqueKey, versionedKey } from './testing/provider-keys.ts'

describe('the options of the key picker', () => {
  const disabled = {
    ...versionedKey,
    id: 'kms-0',
    name: 'aardvark',
    status: 'disabled',
  } as const

  it('are grouped by provider and location, those that can’t be used last and with the reason', () => {
    const groups = groupKeyOptions([disabled, versionedKey, opaqueKey], 'encrypt')
    expect(groups.map(({ id }) => id)).toEqual(['thalassa/nl-01', 'exoscale/ch-gva-2'])
    expect(groups[0]?.options.map(({ key, refusal }) => [key.name, refusal])).toEqual([
      ['billing archive', undefined],
      ['aardvark', 'The key is disabled. Enable it first.'],
    ])
    expect(formatUsable(groups, 'encrypt')).toBe('2 of 3 keys can encrypt')
  })

  it('have a key with replicas once, with its replicas to choose instead', () => {
    const primary = { ...opaqueKey, traits: ['multi-zone'] } as const
    const replica = { ...primary, location: 'de-fra-1', traits: ['replica'] } as const
    const off = { ...primary, status: 'disabled' } as const
    const [group, ...others] = groupKeyOptions([replica, off], 'encrypt')
    expect(others).toEqual([])
    expect(group?.options.map(({ key, replicas }) => [key.location, replicas.map((one) => one.key.location)])).toEqual([
      ['ch-gva-2', ['de-fra-1']],
    ])
    expect(formatUsable(group ? [group] : [], 'encrypt')).toBe('1 of 1 key can encrypt')
  })

  it('come with the locations whose keys could not be read', () => {
    const rest = { error: new Error(), retry: () => undefined }
    expect(describeUnread([])).toBeUndefined()
    expect(
      describeUnread([
        { cloud: 'thalassa', location: 'nl-01', ...rest },
        { cloud: 'exoscale', ...rest },
      ]),
    ).toBe('nl-01 and all of Exoscale could not be read.')
  })
})
