/** The least page that shows a list: React alone, a plain table of rows, and the same answer of the key management. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'

/** Rows that a window of 1440 × 900 shows. */
const ROWS = 22

const page = '<!doctype html><title>Bare</title><div id="root"></div><script type="module" src="/main.js"></script>'

const code = `import { createElement as h, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
function Rows() {
  const [keys, setKeys] = useState([])
  useEffect(() => void fetch('/keys.json').then((answer) => answer.json()).then(setKeys), [])
  return h('table', null, h('tbody', null, keys.slice(0, ${ROWS}).map((key) =>
    h('tr', { key: key.identity }, Object.values(key).slice(0, 10).map((value, at) => h('td', { key: at }, String(value)))))))
}
createRoot(document.getElementById('root')).render(h(Rows))`

export interface BarePage {
  readonly folder: string
  readonly remove: () => Promise<void>
}

/** @param answer the list of keys, as JSON */
export async function buildBarePage(answer: string): Promise<BarePage> {
  // Beside the packages, which the page imports.
  const root = await mkdtemp(join(import.meta.dirname, '../node_modules/.bare-page-'))
  await writeFile(join(root, 'index.html'), page)
  await writeFile(join(root, 'main.js'), code)
  const mode = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  await build({ root, configFile: false, logLevel: 'error', build: { modulePreload: false } })
  if (mode === undefined) delete process.env.NODE_ENV
  else process.env.NODE_ENV = mode
  const folder = join(root, 'dist')
  await writeFile(join(folder, 'keys.json'), answer)
  return { folder, remove: () => rm(root, { recursive: true }) }
}
