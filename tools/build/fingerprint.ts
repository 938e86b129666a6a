import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'

/** Output folder, a file of every build, and inputs besides packages, by target. */
const targets = {
  console: {
    output: 'dist',
    entry: 'index.html',
    inputs: ['index.html', 'public', 'src', 'tools/build', 'tsconfig.app.json', 'tsconfig.base.json', 'vite.config.ts'],
  },
  server: {
    output: 'dist-server',
    entry: 'main.js',
    inputs: [
      'server',
      'src/clouds',
      'src/pages/patterns.ts',
      'tools/build',
      'tsconfig.base.json',
      'tsconfig.server.json',
    ],
  },
} as const

export type Target = keyof typeof targets

/** Name with a leading dot, so that the server does not serve the file. */
const recordOf = (output: string) => join(output, '.built-from')

const filesOf = (root: string, input: string): string[] => {
  const path = join(root, input)
  if (!statSync(path).isDirectory()) return [input]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>
}

/** Integrity of the packages by path; the rest of the lock file differs between versions of npm. */
const packagesOf = (root: string) => {
  const { packages }: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages).map(([place, { integrity = '' }]) => `${place} ${integrity}`)
}

/** SHA-256 in hex of all inputs of a build of the project in `root`. */
const fingerprintOf = (root: string, target: Target): string => {
  const hash = createHash('sha256').update(packagesOf(root).join('\n'))
  for (const file of targets[target].inputs.flatMap((input) => filesOf(root, input))) {
    const content = readFileSync(join(root, file))
    hash.update(`\n${file} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * SHA-256 in hex of the sizes and times of all inputs: far quicker than that of their contents, and the same only if no file
 * was written since. The time of a change of the inode can't be set by a program, as that of the content can.
 */
const stampOf = (root: string, target: Target): string => {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', ...targets[target].inputs.flatMap((input) => filesOf(root, input))]) {
    const { size, mtimeMs, ctimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs} ${ctimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Whether the target's output is up to date; always true if only the output was shipped. */
export const isBuilt = (root: string, target: Target): boolean => {
  const { output, entry, inputs } = targets[target]
  if (!existsSync(join(root, output, entry))) return false
  if (!inputs.every((input) => existsSync(join(root, input)))) return true
  const record = recordOf(join(root, output))
  if (!existsSync(record)) return false
  const [fingerprint, stamp] = readFileSync(record, 'utf8').split('\n')
  return stamp === stampOf(root, target) || fingerprint === fingerprintOf(root, target)
}

/** Plugin that records the fingerprint and the stamp of the inputs as the last step of a build. */
export const recordInputs = (root: string, target: Target): Plugin => {
  let recorded = ''
  let output = ''
  let isForUse = false
  return {
    name: 'record-inputs',
    apply: 'build',
    enforce: 'post',
    configResolved({ build, isProduction }) {
      output = resolve(root, build.outDir)
      isForUse = isProduction
    },
    // Computed before any file is read, so that changes during the build trigger the next one.
    buildStart() {
      recorded = `${fingerprintOf(root, target)}\n${stampOf(root, target)}`
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (isForUse) writeFileSync(recordOf(output), recorded)
        else rmSync(recordOf(output), { force: true })
      },
    },
  }
}
