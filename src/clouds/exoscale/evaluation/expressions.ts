/** Conditions of a policy's rules in CEL, the Common Expression Language. */
import type { CelInput } from '@bufbuild/cel'
import { faultsOf } from './expression-check.ts'
import type { Facts } from './facts.ts'

/** Whether a rule matches; a failed expression and one of another type skip the rule, with the reason. */
export type Outcome = boolean | { readonly failed: string }

export interface Condition {
  readonly holds: (facts: Facts) => Outcome
}

/** Valid CEL that names something unknown, so that it never matches. */
export interface Unmatchable {
  /** End of a sentence that begins with the expression. */
  readonly unknown: string
}

/** Invalid expression, with a message for its author. */
export class ExpressionError extends Error {}

/** Characters. No limit is published; this one is generous. */
const MAX_LENGTH = 4096

/** Brackets within brackets. The parser's time grows with the square of their number, and its stack is not always the same. */
const MAX_DEPTH = 64

/** Deepest nesting of brackets, without those in texts. */
function depthOf(expression: string): number {
  const code = expression.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, '')
  let depth = 0
  let deepest = 0
  for (const character of code) {
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

const tooDeep = () => new ExpressionError('is no CEL expression: too deeply nested')

async function openLanguage() {
  // Loaded on demand: the library takes a tenth of a second to load, and most servers have no policy with rules.
  const { CelScalar, celEnv, celError, celMethod, isCelError, mapType, parse, plan } = await import('@bufbuild/cel')
  /** `parameters.has('type')`, as in the vendor's examples, in addition to the standard `has(parameters.type)`. */
  const has = celMethod(
    'has',
    mapType(CelScalar.STRING, CelScalar.DYN),
    [CelScalar.STRING],
    CelScalar.BOOL,
    function hasMember(name) {
      return this.has(name)
    },
  )
  return { environment: celEnv({ funcs: [has] }), celError, isCelError, parse, plan }
}

let language: ReturnType<typeof openLanguage> | undefined

const compiled = new Map<string, Condition | Unmatchable>()
const MAX_COMPILED = 1000

/** Parses an expression; throws ExpressionError for an invalid one. */
export async function compile(expression: string): Promise<Condition | Unmatchable> {
  const known = compiled.get(expression)
  if (known) return known
  if (expression.length > MAX_LENGTH) throw new ExpressionError(`must be at most ${MAX_LENGTH} characters`)
  if (depthOf(expression) > MAX_DEPTH) throw tooDeep()
  language ??= openLanguage()
  const { environment, isCelError, parse, plan } = await language
  const condition = read((): Condition | Unmatchable => {
    // The library requires a line break after a comment, also in the last line.
    const { expr } = parse(`${expression}\n`)
    const { unknown, excess } = faultsOf(expr, (name) => environment.funcs.find(name) !== undefined)
    if (excess !== undefined) throw new ExpressionError(excess)
    if (unknown !== undefined) return { unknown }
    const evaluate = plan(environment, expr)
    return {
      holds(facts) {
        const value = evaluate(facts)
        if (typeof value === 'boolean') return value
        return { failed: isCelError(value) ? value.message : 'its value is neither true nor false' }
      },
    }
  })
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  compiled.set(expression, condition)
  return condition
}

/** Stands for a fact that is not known: an expression fails where its value depends on it, in whatever order it asks. */
export async function openFact(): Promise<CelInput> {
  language ??= openLanguage()
  const { celError } = await language
  // The library takes errors for values of variables, which its types leave out.
  return celError('not known') as unknown as CelInput
}

function read<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof ExpressionError) throw error
    // Operators in a row can overflow the stack, too.
    if (!(error instanceof Error) || error instanceof RangeError || error.message.includes('Stack overflow'))
      throw tooDeep()
    throw new ExpressionError(`is no CEL expression: ${error.message}`)
  }
}
