/** Evaluation of policy expressions that depend only on the operation's name and the key's id. */

/** Whether the expression is true for an operation on a key, both by their ids. */
export type Predicate = (operation: string, key: string) => boolean

export interface Understood {
  readonly holds: Predicate
  /** Operations in the expression. */
  readonly named: readonly string[]
  /** Keys in the expression. */
  readonly keys: readonly string[]
}

const tokenPattern = /\s+|\/\/[^\n]*|('[^'\\\n]*'|"[^"\\\n]*")|([A-Za-z_][\w.]*|==|!=|&&|\|\||[!()[\],])/y

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = []
  for (let at = 0; at < text.length; at = tokenPattern.lastIndex) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (!match) return undefined
    const token = match[1] ?? match[2]
    if (token !== undefined) tokens.push(token)
  }
  return tokens
}

class NotUnderstood extends Error {}

/** Recursive descent over CEL's operators, loosest first. */
class Reader {
  readonly named: string[] = []
  readonly keys: string[] = []
  readonly #tokens: string[]

  constructor(tokens: string[]) {
    this.#tokens = tokens
  }

  whole(): Predicate {
    const holds = this.#either()
    if (this.#tokens.length > 0) throw new NotUnderstood()
    return holds
  }

  #takes(token: string): boolean {
    if (this.#tokens[0] !== token) return false
    this.#tokens.shift()
    return true
  }

  #need(token: string): void {
    if (!this.#takes(token)) throw new NotUnderstood()
  }

  #text(): string {
    const token = this.#tokens.shift() ?? ''
    if (!/^['"]/.test(token)) throw new NotUnderstood()
    return token.slice(1, -1)
  }

  /** A text of the expression, noted in `names`. */
  #name(names = this.named): string {
    const name = this.#text()
    names.push(name)
    return name
  }

  #either(): Predicate {
    const parts = [this.#both()]
    while (this.#takes('||')) parts.push(this.#both())
    return (...call) => parts.some((part) => part(...call))
  }

  #both(): Predicate {
    const parts = [this.#one()]
    while (this.#takes('&&')) parts.push(this.#one())
    return (...call) => parts.every((part) => part(...call))
  }

  #one(): Predicate {
    if (this.#takes('!')) {
      const part = this.#one()
      return (...call) => !part(...call)
    }
    if (this.#takes('(')) {
      const part = this.#either()
      this.#need(')')
      return part
    }
    if (this.#takes('true')) return () => true
    if (this.#takes('false')) return () => false
    if (this.#takes('operation')) return this.#comparison(this.named, (operation) => operation)
    if (this.#takes('parameters.id') || this.#takes('resources.kms_key.id'))
      return this.#comparison(this.keys, (_, key) => key)
    if (this.#takes('operation.startsWith')) {
      this.#need('(')
      const start = this.#text()
      this.#need(')')
      return (operation) => operation.startsWith(start)
    }
    const name = this.#name()
    this.#need('==')
    this.#need('operation')
    return (operation) => operation === name
  }

  #comparison(names: string[], asked: (operation: string, key: string) => string): Predicate {
    if (this.#takes('in')) {
      this.#need('[')
      const listed = [this.#name(names)]
      while (this.#takes(',')) listed.push(this.#name(names))
      this.#need(']')
      return (...call) => listed.includes(asked(...call))
    }
    const other = this.#takes('!=')
    if (!other) this.#need('==')
    const name = this.#name(names)
    return (...call) => (asked(...call) === name) !== other
  }
}

/** Undefined for expressions that depend on more than operation and key, such as the caller's address. */
export function understand(expression: string): Understood | undefined {
  const tokens = tokensOf(expression)
  if (!tokens) return undefined
  const reader = new Reader(tokens)
  try {
    return { holds: reader.whole(), named: reader.named, keys: reader.keys }
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}
