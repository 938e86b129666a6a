/** Markdown pages of the repository, for tests. */
import { globSync, readFileSync } from 'node:fs'

/** Lines without fenced code, which may look like headings and links. */
const proseOf = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```$/gm, '')

export interface Page {
  /** Path from the repository's root. */
  readonly file: string
  readonly text: string
  readonly prose: string
}

export const pages: readonly Page[] = globSync(['*.md', 'docs/*.md', 'examples/**/*.md'], {
  exclude: (name) => name === 'node_modules',
})
  .map((file) => file.replaceAll('\\', '/'))
  .sort()
  .map((file) => {
    const text = readFileSync(file, 'utf8')
    return { file, text, prose: proseOf(text) }
  })

/** GitHub's anchor of a heading: letters, digits, `_` and `-` of its text in lower case, `-` for each space. */
const slugOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')

/** Anchors for links after `#`. */
export const anchorsOf = ({ prose }: Page): ReadonlySet<string> =>
  new Set([
    ...[...prose.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => slugOf(heading)),
    ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
  ])

/** Targets of links and pictures, in Markdown and in HTML. */
export const linksOf = ({ prose }: Page): readonly string[] =>
  [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:href|src|srcset)="([^"]+)"/gm)].map(
    ([, inline, reference, html]) => inline ?? reference ?? html ?? '',
  )
