import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/** The terms of the Apache License without the notice of this project. */
const apache = (root: string) => readFileSync(join(root, 'LICENSE'), 'utf8').split('   APPENDIX:')[0] ?? ''

/** The comment at the start of a file. */
const leadingComment = (file: string) =>
  (/^(?:\/\/.*\n)+/.exec(readFileSync(file, 'utf8'))?.[0] ?? '').replace(/^\/\/ ?/gm, '')

const copyrightOfBuf = (years: string) => `Copyright ${years} Buf Technologies, Inc.\n\n`

/** What a README has below the heading of the license, at its end. */
const endOfReadme = (folder: string) =>
  readFileSync(join(folder, 'README.md'), 'utf8')
    .split(/^## license$/im)[1]
    ?.trim() ?? ''

/** Packages that are published without a file with their license. */
const missingTexts: Readonly<Record<string, (root: string, folder: string) => string>> = {
  '@bufbuild/cel': (root) => copyrightOfBuf('2024-2026') + apache(root),
  '@bufbuild/cel-spec': (root) => copyrightOfBuf('2024-2026') + apache(root),
  '@bufbuild/protobuf': (root, folder) =>
    `${copyrightOfBuf('2021-2026')}${apache(root)}\n${leadingComment(join(folder, 'dist/esm/wire/varint.js'))}`,
  'pg-types': (_root, folder) => endOfReadme(folder),
  pgpass: (_root, folder) => endOfReadme(folder),
}

/** Code that the bundler itself writes into the output, by the start of its module's id. */
const bundlerCode: readonly (readonly [start: string, name: string])[] = [
  ['\0vite/', 'vite'],
  ['\0rolldown/', 'rolldown'],
]

/** What a package of a bundler contains itself, which its users' builds don't. */
const OF_BUNDLED = '\n# Licenses of bundled dependencies'

const inPackages = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/

const licenseText = (root: string, folder: string, name: string): string => {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (files.length === 0) return missingTexts[name]?.(root, folder) ?? ''
  return files.map((file) => readFileSync(join(folder, file), 'utf8').split(OF_BUNDLED)[0]?.trim()).join('\n\n')
}

const line = '='.repeat(80)

/**
 * Emits `licenses.txt`: name, version and license of every package whose code, styles or fonts the build contains. Vite's own
 * option `build.license` leaves out workers, styles, fonts and the bundler's code, and what has no license text.
 * @param root folder of LICENSE and node_modules
 * @returns plugins of the build and of its workers, which Vite bundles before
 */
export const licenses = (root: string): { readonly main: Plugin; readonly workers: () => Plugin[] } => {
  const folders = new Set([root])
  const folderOf = (name: string) => join(root, 'node_modules', name)

  function add(id: string, fail: (message: string) => never): void {
    const folder = inPackages.exec(id)?.[0]
    if (folder !== undefined) folders.add(folder)
    else if (id.startsWith('\0')) {
      const name = bundlerCode.find(([start]) => id.startsWith(start))?.[1]
      folders.add(
        name === undefined
          ? fail(`The license of ${id.slice(1)} is not known. Add it to licenses.ts.`)
          : folderOf(name),
      )
    }
  }

  const collect = (bundle: Rolldown.OutputBundle, fail: (message: string) => never) => {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset') for (const name of file.originalFileNames) add(join(root, name), fail)
      else for (const [id, { renderedLength }] of Object.entries(file.modules)) if (renderedLength > 0) add(id, fail)
    }
  }

  const text = (fail: (message: string) => never): string => {
    const found = [...folders].map((folder) => {
      const { name, version, license = '' }: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      return { title: `${name} ${version}`, license, text: licenseText(root, folder, name) }
    })
    const lacking = found.filter(({ license, text }) => license === '' || text === '').map(({ title }) => title)
    if (lacking.length > 0)
      fail(`No license, or no text of it, in: ${lacking.join(', ')}. Add the text to missingTexts in licenses.ts.`)
    const parts = found
      .toSorted((a, b) => (a.title < b.title ? -1 : 1))
      .map(({ title, license, text }) => `${line}\n${title}\nLicense: ${license}\n${line}\n\n${text.trim()}\n`)
    return ['What this build contains, each part with its license.\n', ...new Set(parts)].join('\n')
  }

  return {
    main: {
      name: 'licenses',
      apply: 'build',
      transform: {
        order: 'pre',
        filter: { id: /\.css$/ },
        // The styles of packages are no modules of their own in the bundle.
        handler(code) {
          for (const [, name] of code.matchAll(/@import\s+["']((?:@[^/"']+\/)?[^./"'][^/"']*)/g))
            if (name !== undefined) folders.add(folderOf(name))
        },
      },
      generateBundle(_options, bundle) {
        const fail = (message: string): never => this.error(message)
        collect(bundle, fail)
        this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: text(fail) })
      },
    },
    workers: () => [
      {
        name: 'licenses-of-workers',
        generateBundle(_options, bundle) {
          collect(bundle, (message) => this.error(message))
        },
      },
    ],
  }
}
