/** JSON with the line of each value, so that an error can be shown where it is. */

type Path = readonly (string | number)[]

export interface JsonLines {
  readonly value: unknown
  /** Line of a member or entry, from 1; that of the nearest one around it where it does not exist. */
  lineOf(path: Path): number
}

export class JsonLineError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

const tokens = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\n]|\\.)*")|([^\s{}[\],:"]+)|(.))/y

const keyOf = (path: Path) => JSON.stringify(path)

/** Recursive descent; `JSON.parse` gives no position in some browsers and none of values in any. */
class Reader {
  readonly lines = new Map<string, number>()
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** The next token with its line; empty at the end. */
  #next(): string {
    tokens.lastIndex = this.#at
    const match = tokens.exec(this.#text)
    const end = match ? tokens.lastIndex : this.#text.length
    const token = match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4] ?? ''
    this.#line += this.#text.slice(this.#at, end - token.length).split('\n').length - 1
    this.#at = end
    return token
  }

  #peek(): string {
    const [at, line] = [this.#at, this.#line]
    const token = this.#next()
    this.#at = at
    this.#line = line
    return token
  }

  fail(message: string): never {
    throw new JsonLineError(this.#line, message)
  }

  #unexpected(token: string, wanted: string): never {
    return this.fail(token === '' ? `The text ends early. Add ${wanted}.` : `Unexpected ${token}. Add ${wanted}.`)
  }

  #scalar<T>(token: string, wanted: string): T {
    try {
      return JSON.parse(token)
    } catch {
      return this.#unexpected(token, wanted)
    }
  }

  value(path: Path): unknown {
    const token = this.#next()
    this.lines.set(keyOf(path), this.#line)
    if (token === '{') return this.#object(path)
    if (token === '[') return this.#array(path)
    return this.#scalar(token, 'a value')
  }

  end(): void {
    const token = this.#next()
    if (token !== '') this.fail(`Unexpected ${token} after the end.`)
  }

  /** Reads entries up to the closing bracket. */
  #entries(close: string, entry: () => void): void {
    if (this.#peek() === close) {
      this.#next()
      return
    }
    for (;;) {
      entry()
      const token = this.#next()
      if (token === close) return
      if (token !== ',') this.#unexpected(token, `, or ${close}`)
    }
  }

  #object(path: Path): object {
    const members = new Map<string, unknown>()
    this.#entries('}', () => {
      const token = this.#next()
      const name: string = token.startsWith('"')
        ? this.#scalar(token, 'a name')
        : this.#unexpected(token, 'a name in "')
      if (members.has(name)) this.fail(`${name} is there twice. Remove one.`)
      const colon = this.#next()
      if (colon !== ':') this.#unexpected(colon, ':')
      members.set(name, this.value([...path, name]))
    })
    return Object.fromEntries(members)
  }

  #array(path: Path): unknown[] {
    const entries: unknown[] = []
    this.#entries(']', () => entries.push(this.value([...path, entries.length])))
    return entries
  }
}

/** Parses JSON; throws JsonLineError with the line of the first fault. A member that is there twice is one. */
export function parseJsonLines(text: string): JsonLines {
  const reader = new Reader(text)
  const value = reader.value([])
  reader.end()
  const lineOf = (path: Path): number =>
    reader.lines.get(keyOf(path)) ?? (path.length === 0 ? 1 : lineOf(path.slice(0, -1)))
  return { value, lineOf }
}
