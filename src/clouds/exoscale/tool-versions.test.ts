import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toolVersions } from './tool-versions.ts'

test('the docs name each release', () => {
  const rows = readFileSync('docs/connecting.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
  for (const versions of Object.values(toolVersions))
    for (const [tool, text] of Object.entries(versions)) {
      const release = text.replace(/^\w+ /, '')
      expect(
        rows.filter((row) => row.endsWith(` ${release} |`)),
        `${tool} ${release}`,
      ).not.toEqual([])
    }
})
