import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { folder } from '../../server/testing/program.ts'
import { licenses } from './licenses.ts'

const MIT = 'The text of this license'

/** Files of a package; its license file is left out where there is no text. */
const packaged = (place: string, version: string, files: Readonly<Record<string, string>>, text = MIT) => ({
  [`node_modules/${place}/package.json`]: JSON.stringify({
    name: place.split('node_modules/').at(-1),
    version,
    license: 'MIT',
    type: 'module',
  }),
  ...(text === '' ? {} : { [`node_modules/${place}/LICENSE.md`]: `${text} of ${place}` }),
  ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`node_modules/${place}/${name}`, content])),
})

const project = {
  'package.json': '{"name":"sample","version":"1.0.0","license":"Apache-2.0"}',
  LICENSE: 'Terms of the sample\n\n   APPENDIX: notice',
  'index.html': '<script type="module" src="/main.js"></script>',
  'main.js': `import './main.css'
    import { used } from 'used'
    import { unused } from 'unused'
    import worker from './worker.js?worker&url'
    used(worker, () => import('later'))`,
  'worker.js': "import { work } from '@scope/in-worker'; work()",
  'main.css': "@import 'fonts/face.css';",
  ...packaged('used', '1.2.3', {
    'index.js': "import { deep } from 'deep'; export const used = (...all) => deep(all)",
  }),
  ...packaged('used/node_modules/deep', '2.0.0', { 'index.js': 'export const deep = (all) => console.log(all)' }),
  ...packaged('deep', '1.0.0', { 'index.js': 'export const deep = 1' }),
  ...packaged('later', '3.0.0', { 'index.js': 'console.log(3)' }),
  ...packaged('unused', '4.0.0', { 'index.js': 'export const unused = 4' }),
  ...packaged('@scope/in-worker', '5.0.0', { 'index.js': 'export const work = () => postMessage(5)' }),
  ...packaged('fonts', '6.0.0', {
    'face.css': '@font-face { src: url(./face.woff2) }',
    'face.woff2': 'f'.repeat(9000),
  }),
  // The bundler's own code: it loads `later`.
  ...packaged('vite', '8.0.0', {}, `${MIT}\n\n# Licenses of bundled dependencies\n\nnot of this build`),
  ...packaged('rolldown', '1.0.0', {}),
}

async function textOf(files: Readonly<Record<string, string>>): Promise<string> {
  const root = folder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  const { main, workers } = licenses(root)
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [main],
    worker: { plugins: workers },
    build: { write: false, assetsInlineLimit: 0 },
  })
  const output = 'output' in built ? built.output : []
  const file = output.find(({ fileName }) => fileName === 'licenses.txt')
  return file?.type === 'asset' ? String(file.source) : ''
}

const titles = (text: string) =>
  [...text.matchAll(/^=+\n(.+)\nLicense: (.+)$/gm)].map(([, title, id]) => `${title}, ${id}`)

test('each package in the build is named with version, license and text: code, workers, styles and fonts', async () => {
  const text = await textOf(project)
  expect(titles(text)).toEqual([
    '@scope/in-worker 5.0.0, MIT',
    'deep 2.0.0, MIT',
    'fonts 6.0.0, MIT',
    'later 3.0.0, MIT',
    'sample 1.0.0, Apache-2.0',
    'used 1.2.3, MIT',
    'vite 8.0.0, MIT',
  ])
  expect(text).toContain(`${MIT} of @scope/in-worker`)
  expect(text).toContain('Terms of the sample')
  expect(text).not.toContain('not of this build')
})

test('a package without a license text fails the build, by name', async () => {
  const bare = packaged('bare', '7.0.0', { 'index.js': 'console.log(7)' }, '')
  await expect(textOf({ ...project, ...bare, 'main.js': "import 'bare'" })).rejects.toThrow(
    /No license, or no text of it, in: bare 7\.0\.0\. Add the text to missingTexts/,
  )
})

test('packages that are published without their text get the one that is known', async () => {
  const code = `// Copyright of a part\n// and its terms\n\nexport const read = () => console.log(1)`
  const text = await textOf({
    ...project,
    ...packaged('@bufbuild/protobuf', '2.0.0', { 'index.js': code, 'dist/esm/wire/varint.js': code }, ''),
    'main.js': "import { read } from '@bufbuild/protobuf'; read()",
  })
  expect(titles(text)).toContain('@bufbuild/protobuf 2.0.0, MIT')
  expect(text).toMatch(/Buf Technologies, Inc\.\n\nTerms of the sample\n\n\nCopyright of a part\nand its terms\n/)
  expect(text).not.toContain('APPENDIX: notice\n\nCopyright')
})
