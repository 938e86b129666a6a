import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'
import * as z from 'zod'

/** All that a build reads besides packages: files, and folders with everything in them. */
const inputs = [
  'index.html',
  'public',
  'src',
  'tools/build',
  'tsconfig.app.json',
  'tsconfig.base.json',
  'vite.config.ts',
]

/** The server serves no file whose name begins with a dot. */
const recordOf = (dist: string) => join(dist, '.built-from')

const filesOf = (root: string, input: string): string[] => {
  const path = join(root, input)
  if (!statSync(path).isDirectory()) return [input]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

const Lock = z.object({ packages: z.record(z.string(), z.object({ integrity: z.string().optional() })) })

/** Contents of the packages, by place; the rest of the lock file differs between versions of npm. */
const packagesOf = (root: string) => {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  return Object.entries(packages).map(([place, { integrity = '' }]) => `${place} ${integrity}`)
}

/** SHA-256 in hex of all that decides what a build of the project in `root` makes. */
const fingerprintOf = (root: string): string => {
  const hash = createHash('sha256').update(packagesOf(root).join('\n'))
  for (const file of inputs.flatMap((input) => filesOf(root, input))) {
    const content = readFileSync(join(root, file))
    hash.update(`\n${file} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** Whether `dist` holds what a build of the project in `root` would make; always so where only the result was shipped. */
export const isBuilt = (root: string): boolean => {
  const dist = join(root, 'dist')
  if (!existsSync(join(dist, 'index.html'))) return false
  if (!inputs.every((input) => existsSync(join(root, input)))) return true
  const record = recordOf(dist)
  return existsSync(record) && readFileSync(record, 'utf8') === fingerprintOf(root)
}

/** Records, as the last step of a build, what it was made from. */
export const recordInputs = (root: string): Plugin => {
  let fingerprint = ''
  let dist = ''
  let isForUse = false
  return {
    name: 'record-inputs',
    apply: 'build',
    enforce: 'post',
    configResolved({ build, isProduction }) {
      dist = resolve(root, build.outDir)
      isForUse = isProduction
    },
    // Before anything is read: what changes during the build counts for the next one.
    buildStart() {
      fingerprint = fingerprintOf(root)
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (isForUse) writeFileSync(recordOf(dist), fingerprint)
        else rmSync(recordOf(dist), { force: true })
      },
    },
  }
}
