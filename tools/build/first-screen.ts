import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

export interface FirstScreen {
  /** Address of the screen, for the output. */
  readonly path: string
  /** Suffixes of the file names of modules that it loads lazily until it is at rest: the app, its route, and others. */
  readonly modules: readonly string[]
  readonly limits: {
    /** Limit of JavaScript, gzip, in kB of 1,000 bytes. */
    readonly kilobytes: number
    readonly requests: number
  }
}

type Bundle = Rolldown.OutputBundle

/** A chunk with all its static imports, which the browser needs to run it. */
const withImports = (bundle: Bundle, names: Iterable<string>, found = new Set<string>()): Set<string> => {
  for (const name of names) {
    const file = bundle[name]
    if (file?.type !== 'chunk' || found.has(name)) continue
    found.add(name)
    withImports(bundle, file.imports, found)
  }
  return found
}

const chunks = (bundle: Bundle) => Object.values(bundle).filter((file) => file.type === 'chunk')

const scriptsOfPage = (html: string) =>
  [...html.matchAll(/<script[^>]+src="\.?\/([^"]+)"/g)].map(([, source = '']) => source)

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

/** Prints the size of what a screen loads until it is at rest, and fails the build above the limits. */
export const firstScreen = ({ path, modules, limits }: FirstScreen): Plugin => {
  let publicDir = ''
  return {
    name: 'first-screen',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const entry = chunks(bundle).find((chunk) => chunk.isEntry)
        const page = bundle['index.html']
        if (entry === undefined || page?.type !== 'asset') this.error(`${path} can't be measured: there is no page.`)
        const lazy = modules.map((module) => {
          const chunk = chunks(bundle).find(({ facadeModuleId }) => facadeModuleId?.endsWith(module))
          return chunk?.fileName ?? this.error(`${path} can't be measured: ${module} isn't a chunk of its own.`)
        })
        const names = withImports(bundle, [entry.fileName, ...lazy])
        const styles = new Set<string>()
        const scripts = new Map<string, string | Uint8Array>()
        for (const chunk of chunks(bundle).filter(({ fileName }) => names.has(fileName))) {
          scripts.set(chunk.fileName, chunk.code)
          for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style)
        }
        const html = typeof page.source === 'string' ? page.source : new TextDecoder().decode(page.source)
        const others = scriptsOfPage(html).filter((source) => !(source in bundle))
        for (const source of others) scripts.set(source, readFileSync(join(publicDir, source)))

        const sizes = [...scripts].map(([name, code]) => ({ name, size: gzipSync(code, { level: 9 }).length }))
        const bytes = sizes.reduce((sum, { size }) => sum + size, 0)
        const requests = 1 + sizes.length + styles.size
        const line = `first screen ${path}: ${kB(bytes)} of JavaScript (gzip) in ${sizes.length} files, ${requests} requests with page and styles; limits ${limits.kilobytes} kB and ${limits.requests} requests`
        if (bytes > limits.kilobytes * 1000 || requests > limits.requests) {
          const list = sizes.toSorted((a, b) => b.size - a.size).map(({ name, size }) => `  ${kB(size)} ${name}`)
          this.error(['Too heavy', line, ...list].join('\n'))
        }
        this.info(line)
      },
    },
  }
}
