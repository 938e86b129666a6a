/** A browser without pages: keeps cookies, and follows redirects from site to site. */

interface Cookie {
  readonly host: string
  readonly name: string
  readonly value: string
  readonly path: string
}

export interface Visit {
  readonly url: URL
  readonly response: Response
}

export class CookieJar {
  readonly #cookies = new Map<string, Cookie>()

  /** Names and values of an origin's cookies, as `Cookie` has them. */
  header(url: URL): string {
    return [...this.#cookies.values()]
      .filter(({ host, path }) => host === url.host && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  /** Sets a cookie of an origin, as somebody who has copied it. */
  set(url: URL, text: string): void {
    const [pair = '', ...attributes] = text.split(';').map((part) => part.trim())
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? []
    const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/'
    const isRemoved = attributes.some((part) => /^max-age=0$/i.test(part)) || value === ''
    const key = `${url.host} ${path} ${name}`
    if (isRemoved) this.#cookies.delete(key)
    else this.#cookies.set(key, { host: url.host, name, value, path })
  }

  async fetch(target: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target)
    const headers = new Headers(init.headers)
    const cookies = this.header(url)
    if (cookies !== '') headers.set('cookie', cookies)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) this.set(url, cookie)
    return response
  }

  /** Opens a page and follows its redirects to the last one. */
  async visit(target: string | URL, init: RequestInit = {}): Promise<Visit> {
    let url = new URL(target)
    let response = await this.fetch(url, init)
    for (let steps = 0; response.status >= 300 && response.status < 400 && steps < 20; steps += 1) {
      await response.body?.cancel()
      url = new URL(response.headers.get('location') ?? '', url)
      response = await this.fetch(url, { headers: { accept: 'text/html' } })
    }
    return { url, response }
  }
}
