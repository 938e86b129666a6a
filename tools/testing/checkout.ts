/** Copies of this project for tests. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '../..')

const files = [
  '.npmrc',
  'LICENSE',
  'index.html',
  'package.json',
  'package-lock.json',
  'public',
  'server',
  'src',
  'tools',
  'tsconfig.app.json',
  'tsconfig.base.json',
  'tsconfig.server.json',
  'vite.config.ts',
]

/** Hard links of the packages, which are never written; copies if the temporary folder is on another file system. */
const linkFolder = (from: string, to: string) => {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.name === '.cache') continue
    if (entry.isDirectory()) linkFolder(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else {
      try {
        linkSync(source, target)
      } catch {
        copyFileSync(source, target)
      }
    }
  }
}

export interface Checkout {
  readonly folder: string
  readonly remove: () => void
}

/** @param name name of the copy's folder */
export const checkout = (name: string): Checkout => {
  const place = mkdtempSync(join(tmpdir(), 'checkout-'))
  // Readable for other users.
  chmodSync(place, 0o755)
  const folder = join(place, name)
  mkdirSync(folder)
  for (const file of files) cpSync(join(project, file), join(folder, file), { recursive: true })
  linkFolder(join(project, 'node_modules'), join(folder, 'node_modules'))
  return { folder, remove: () => rmSync(place, { recursive: true, force: true }) }
}
