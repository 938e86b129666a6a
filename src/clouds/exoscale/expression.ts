/** Evaluation of policy expressions that depend only on the operation's name. */

/** Whether the expression is true for an operation, by its id. */
export type Predicate = (operation: string) => boolean

export interface Understood {
  readonly holds: Predicate
  /** Operations in the expression. */
  readonly named: readonly string[]
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

  #name(): string {
    const name = this.#text()
    this.named.push(name)
    return name
  }

  #either(): Predicate {
    const parts = [this.#both()]
    while (this.#takes('||')) parts.push(this.#both())
    return (operation) => parts.some((part) => part(operation))
  }

  #both(): Predicate {
    const parts = [this.#one()]
    while (this.#takes('&&')) parts.push(this.#one())
    return (operation) => parts.every((part) => part(operation))
  }

  #one(): Predicate {
    if (this.#takes('!')) {
      const part = this.#one()
      return (operation) => !part(operation)
    }
    if (this.#takes('(')) {
      const part = this.#either()
      this.#need(')')
      return part
    }
    if (this.#takes('true')) return () => true
    if (this.#takes('false')) return () => false
    if (this.#takes('operation')) return this.#comparison()
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

  #comparison(): Predicate {
    if (this.#takes('in')) {
      this.#need('[')
      const names = [this.#name()]
      while (this.#takes(',')) names.push(this.#name())
      this.#need(']')
      return (operation) => names.includes(operation)
    }
    const other = this.#takes('!=')
    if (!other) this.#need('==')
    const name = this.#name()
    return (operation) => (operation === name) !== other
  }
}

/** Undefined for expressions that depend on more than the operation, such as the key or the caller's address. */
export function understand(expression: string): Understood | undefined {
  const tokens = tokensOf(expression)
  if (!tokens) return undefined
  const reader = new Reader(tokens)
  try {
    return { holds: reader.whole(), named: reader.named }
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}
