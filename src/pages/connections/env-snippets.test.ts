import { expect, test } from 'vitest'
import { clouds } from '../../clouds/registry.ts'
import { connectSnippets, disconnectSnippets, localKmsSnippets } from './env-snippets.ts'

const code = (samples: readonly { id: string; code: string }[], id: string) =>
  samples.find((sample) => sample.id === id)?.code

test('connecting asks for each value, and for what is secret without an echo', () => {
  const lines = connectSnippets(
    { id: 'a', label: 'A', note: '', secrets: ['A_SECRET'], plain: [['A_KEY', 'example']] },
    [['A_ENDPOINT', 'https://a.example', 'another address']],
  )
  expect(code(lines, 'shell')).toBe(
    [
      "printf 'A_KEY: ' && read -r A_KEY && \\",
      "  printf 'A_SECRET: ' && read -rs A_SECRET && echo && \\",
      '  export A_KEY A_SECRET && \\',
      '  npm start',
    ].join('\n'),
  )
  expect(code(lines, 'file')).toBe('A_KEY=example\nA_SECRET=\n\n# another address\n#A_ENDPOINT=https://a.example')
})

test.each(clouds)(
  '$longName: what connects is undone by what leaves, and nothing secret has a value',
  async (cloud) => {
    const { credentials, optional, variables, localVariables } = await cloud.connectionCheck()
    for (const kind of credentials) {
      const names = [...kind.plain.map(([name]) => name), ...kind.secrets, ...optional.map(([name]) => name)]
      expect(variables).toEqual(expect.arrayContaining(names))
      expect(kind.secrets.length).toBeGreaterThan(0)
    }
    expect(code(disconnectSnippets(variables, []), 'shell')).toContain(`unset ${variables.join(' ')}`)
    expect(localVariables !== undefined).toBe(cloud.capabilities.localKms)
    const local = localVariables?.({ address: 'http://127.0.0.1:8400', organisation: 'o-1', apiKey: 'EXO1' })
    if (!local) return
    expect(variables).toEqual(expect.arrayContaining([...local.plain.map(([name]) => name), ...local.secrets]))
    expect(code(localKmsSnippets(local), 'shell')).toContain('=http://127.0.0.1:8400')
    for (const secret of local.secrets)
      expect(code(localKmsSnippets(local), 'file')).toMatch(new RegExp(`^${secret}=$`, 'm'))
  },
)

test('the lines of the file are named only where it has any', () => {
  expect(disconnectSnippets(['A'], []).map(({ id }) => id)).toEqual(['shell'])
  expect(code(disconnectSnippets(['A', 'B'], ['B']), 'file')).toBe('# delete these lines\nB=…')
})
