/** Serves the built app from memory: read and compressed once, so that requests need no file access. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { patterns } from '../../src/pages/patterns.ts'
import { type HttpAnswer, type HttpRequest, isNavigation } from '../http/exchange.ts'
import { StartError } from '../start-error.ts'
import { ProblemError } from './problem.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

type Encoding = 'br' | 'gzip' | 'identity'

interface Page {
  readonly type: string
  readonly etag: string
  readonly bodies: Readonly<Partial<Record<Encoding, Uint8Array>>>
}

const etagOf = (body: Uint8Array) => createHash('sha256').update(body).digest('base64url').slice(0, 22)

const INDEX = '/index.html'

/** Depth of paths whose page is kept: that of all routes. */
const KEPT_DEPTH = 8

/**
 * The app's page by the path that it is opened at. Its links are relative to that path, so they hold under any path at which
 * a proxy serves the console.
 */
const openIndex = (folder: string): ((path: string) => Page) => {
  const html = readFileSync(join(folder, INDEX), 'utf8').replaceAll(/ (href|src)="\.?\//g, ' $1="./')
  const kept = new Map<number, Page>()
  const pageAt = (depth: number): Page => {
    const body = Buffer.from(depth === 0 ? html : html.replaceAll('="./', `="${'../'.repeat(depth)}`))
    // To compress it takes long, so that is done once.
    const packed = depth <= KEPT_DEPTH && { br: brotliCompressSync(body), gzip: gzipSync(body) }
    return { type: 'text/html; charset=utf-8', etag: etagOf(body), bodies: { identity: body, ...packed } }
  }
  return (path) => {
    const depth = path.split('/').length - 2
    const page = kept.get(depth) ?? pageAt(depth)
    if (depth <= KEPT_DEPTH) kept.set(depth, page)
    return page
  }
}

const readPages = (folder: string): ReadonlyMap<string, Page> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const pages = new Map<string, Page>()
  for (const file of files.filter((name) => !/\.(br|gz)$/.test(name) && !basename(name).startsWith('.'))) {
    const body = readFileSync(file)
    pages.set(`/${relative(folder, file).split(sep).join('/')}`, {
      type: types[extname(file)] ?? 'application/octet-stream',
      etag: etagOf(body),
      bodies: {
        identity: body,
        ...(files.includes(`${file}.br`) ? { br: readFileSync(`${file}.br`) } : {}),
        ...(files.includes(`${file}.gz`) ? { gzip: readFileSync(`${file}.gz`) } : {}),
      },
    })
  }
  return pages
}

const accepts = (header: string, encoding: string) =>
  header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })

const choose = (page: Page, header: string): readonly [Encoding, Uint8Array] => {
  for (const encoding of ['br', 'gzip'] as const) {
    const body = page.bodies[encoding]
    if (body !== undefined && accepts(header, encoding)) return [encoding, body]
  }
  return ['identity', page.bodies.identity ?? new Uint8Array()]
}

const isKnown = (header: string | undefined, etag: string) =>
  header?.split(',').some((part) => part.trim().replace(/^W\//, '') === etag)

/** Routes of the app, matched like its router: case-insensitive, with or without a trailing slash. */
const routes = Object.values(patterns).map(
  (pattern) => new RegExp(`^${pattern.replace(/\/$/, '').replaceAll(/:\w+/g, '[^/]+')}/?$`, 'i'),
)

const isRoute = (path: string) => routes.some((route) => route.test(path))

const notAllowed: HttpAnswer = {
  status: 405,
  headers: { 'content-type': 'text/plain; charset=utf-8', allow: 'GET, HEAD' },
  body: 'Method not allowed\n',
}

/**
 * Serves the folder's files, except names with a leading dot, and `index.html` for the app's routes. Any other path is
 * not found: a browser that opens it gets the app with status 404, which shows that.
 * @throws StartError if the app hasn't been built
 * @throws ProblemError for an unknown path, unless a browser opens it
 */
export const openPages = (folder: string): ((request: HttpRequest, path: string) => HttpAnswer) => {
  if (!existsSync(join(folder, INDEX))) {
    throw new StartError(`The app isn't built: there is no ${join(folder, INDEX)}. Run: npm run build`)
  }
  const pages = readPages(folder)
  const index = openIndex(folder)
  return (request, path) => {
    const { method } = request
    const file = isRoute(path) || path === INDEX ? index(path) : pages.get(path)
    const isThere = file !== undefined
    const page = file ?? (isNavigation(request) ? index(path) : undefined)
    if (page === undefined) throw new ProblemError({ slug: 'unknown-path', detail: `No page or file at ${path}.` })
    if (method !== 'GET' && method !== 'HEAD') return notAllowed
    const [encoding, body] = choose(page, request.header('accept-encoding') ?? '')
    const etag = `"${page.etag}${encoding === 'identity' ? '' : `-${encoding}`}"`
    const common = {
      ...(isThere && { etag }),
      vary: isThere ? 'accept-encoding' : 'accept, accept-encoding',
      // Names below /assets/ contain a hash of the content.
      'cache-control': isThere && path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    if (isThere && isKnown(request.header('if-none-match'), etag)) return { status: 304, headers: common }
    return {
      status: isThere ? 200 : 404,
      headers: {
        ...common,
        'content-type': page.type,
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      },
      body,
    }
  }
}
