import type { HtmlTagDescriptor, Plugin } from 'vite'

/** The app, which the entry of the page imports only after the first paint. */
const app = '/src/main.tsx'
/** Faces that every page shows at once. */
const fonts = /\/(inter|jetbrains-mono)-latin-wght-normal-[^/]*\.woff2$/

/** Chunks that are there before any other is asked for. */
const first = /\/(rolldown-runtime|load|libraries|shared|main)-[^/]*\.js$/

/**
 * What is fetched together with a chunk that is imported dynamically. Only pages name it ahead: the names of what dialogs
 * and the like import weigh more in the first screen than the round trip that they save.
 */
export const preloaded = (file: string, imports: readonly string[]): string[] =>
  /\/\w+Page-[^/]*\.js$/.test(file) ? imports.filter((name) => !first.test(name)) : []

/** Lets the browser fetch the app and its fonts while it paints the frame of the page. */
export const preload = (): Plugin => ({
  name: 'preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const files = Object.values(bundle)
      const main = files.find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(app))
      const scripts = main?.type === 'chunk' ? [...main.imports, main.fileName] : []
      const tags: HtmlTagDescriptor[] = scripts.map((name) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` },
        injectTo: 'head',
      }))
      for (const { fileName } of files)
        if (fonts.test(`/${fileName}`)) {
          const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${fileName}` }
          tags.push({ tag: 'link', attrs, injectTo: 'head' })
        }
      return tags
    },
  },
})
