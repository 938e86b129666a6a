/** Runs every command of README, CONTRIBUTING and docs as pasted, and compares its output with the page. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readCommandLine } from '../command-line.ts'
import { blocksOf, stepsOf } from './testing/blocks.ts'
import { pages } from './testing/pages.ts'
import { openTerminal } from './testing/terminal.ts'

const shown = pages.filter(({ file }) => !file.startsWith('examples/'))
const withCommands = shown.filter((page) => stepsOf(page).length > 0)

test('commands are found', () => {
  expect(withCommands.flatMap(stepsOf).length).toBeGreaterThan(10)
})

describe.concurrent('pasted commands', () => {
  // Each command has its own deadline.
  test.for(withCommands)('$file', { timeout: 900_000 }, async (page, { onTestFinished }) => {
    const terminal = await openTerminal()
    onTestFinished(() => terminal.close())
    for (const step of stepsOf(page)) {
      if ('script' in step) await terminal.run(step)
      else terminal.write(step.file, step.text)
    }
  })
})

test('a command that fails or has other output is detected', async ({ onTestFinished }) => {
  const terminal = await openTerminal()
  onTestFinished(() => terminal.close())
  await terminal.run({ place: 'here', script: 'greeting=hello; echo "$greeting world"', output: 'hello …\n' })
  await expect(terminal.run({ place: 'here', script: 'echo "$greeting"', output: 'hi\n' })).rejects.toThrow('hello')
  await expect(terminal.run({ place: 'here', script: 'false; true', output: undefined })).rejects.toThrow('status 1')
})

test('only these blocks are not run', () => {
  const notRun = shown.flatMap((page) =>
    blocksOf(page).flatMap(({ notRun, text }) =>
      notRun === undefined ? [] : [`${page.file}: ${text.split('\n')[0]} (${notRun})`],
    ),
  )
  expect(notRun).toEqual([
    'CONTRIBUTING.md: npm ci (downloads packages; .ci/run does the same in a fresh clone)',
    'README.md: git clone ADDRESS kms-console (downloads packages; .ci/run installs in a fresh clone)',
    'README.md: # Thalassa Cloud (needs an account of each cloud)',
    'docs/deploying.md: git clone REPOSITORY kms-console && cd kms-console (downloads packages)',
    'docs/deploying.md: install -d /opt/kms-console (changes this machine)',
    'docs/deploying.md: install -d -m 700 /etc/kms-console (changes this machine)',
    'docs/deploying.md: cp deploy/kms-console.service /etc/systemd/system/ (changes this machine)',
    'docs/deploying.md: mkdir -m 700 deploy/secrets (needs an engine for containers)',
    'docs/deploying.md: kubectl create secret generic kms-console --from-file=DIRECTORY (needs a cluster)',
    "docs/development.md: npx -c 'npm i --save -D some-package' (changes package.json and downloads)",
    'docs/getting-started.md: git clone ADDRESS kms-console (downloads packages; .ci/run installs in a fresh clone)',
    'docs/releasing.md: npm version 0.2.0 --no-git-tag-version (changes package.json)',
    'docs/releasing.md: git tag -a v0.2.0 -m "KMS Console 0.2.0" (publishes)',
    'docs/team.md: npm run kms -- migrate postgres (needs a PostgreSQL database)',
  ])
})

test('commands are in blocks that are run', () => {
  const languages = new Set(['sh', 'console', 'json', 'yaml', 'js', 'ts', 'text', 'mermaid'])
  const strange = shown.flatMap((page) =>
    blocksOf(page)
      .filter(({ language, text, isOutput }) => {
        const isCode = language === 'sh' || language === 'console'
        const looksLikeCommands = /^(?:\$ |npm |npx |node |curl |docker |git |export |cp )/m.test(text)
        return !languages.has(language) || (!isCode && !isOutput && looksLikeCommands)
      })
      .map(({ line }) => `${page.file}:${line}`),
  )
  expect(strange).toEqual([])
})

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
const inline = shown.flatMap(({ file, prose }) =>
  [...prose.matchAll(/`npm (?:run )?([\w:-]+)(?: -- ([^`]*))?`/g)].map(([command, script = '', words = '']) => ({
    file,
    command,
    script,
    words,
  })),
)

test('a command within a sentence is a script of package.json', () => {
  const own = new Set(['ci', 'install', 'rebuild', 'version'])
  expect(inline.filter(({ script }) => !own.has(script) && !Object.hasOwn(scripts, script))).toEqual([])
})

test('flags within a sentence are flags of the server', () => {
  const ofServer = inline.filter(({ script, words }) => ['start', 'kms', 'demo'].includes(script) && words !== '')
  expect(ofServer.length).toBeGreaterThan(1)
  for (const { script, words } of ofServer)
    expect(() => readCommandLine([...(script === 'start' ? [] : [script]), ...words.split(' ')])).not.toThrow()
})
