/** The conditions of a policy's rules: CEL, the Common Expression Language. */
import type { CelInput } from '@bufbuild/cel'
import { expressionError, type FactName } from './expression-check.ts'

/** Facts for an expression, by the top-level names of the policy language. */
export type Facts = Readonly<Record<FactName, CelInput>>

/** True only for what evaluates to true: not for an error, nor for anything that is no boolean. */
export type Condition = (facts: Facts) => boolean

/** An expression that no policy may hold, with a text for whoever wrote it. */
export class ExpressionError extends Error {}

/** Characters. Nothing is published; a generous bound of our own. */
const MAX_LENGTH = 4096

async function openLanguage() {
  // The library takes a tenth of a second to load, and most servers never meet a policy with rules.
  const { CelScalar, celEnv, celMethod, mapType, parse, plan } = await import('@bufbuild/cel')
  /** `parameters.has('type')`, as the vendor's examples write it, beside the language's own `has(parameters.type)`. */
  const has = celMethod(
    'has',
    mapType(CelScalar.STRING, CelScalar.DYN),
    [CelScalar.STRING],
    CelScalar.BOOL,
    function hasMember(name) {
      return this.has(name)
    },
  )
  return { environment: celEnv({ funcs: [has] }), parse, plan }
}

let language: ReturnType<typeof openLanguage> | undefined

const compiled = new Map<string, Condition>()
const MAX_COMPILED = 1000

/** Reads an expression; throws ExpressionError for one that can't be. */
export async function compile(expression: string): Promise<Condition> {
  const known = compiled.get(expression)
  if (known) return known
  if (expression.length > MAX_LENGTH) throw new ExpressionError(`must be at most ${MAX_LENGTH} characters`)
  language ??= openLanguage()
  const { environment, parse, plan } = await language
  const condition = read(() => {
    // A comment ends with its line; the library misses that the last line ends too.
    const { expr } = parse(`${expression}\n`)
    const fault = expressionError(expr, (name) => environment.funcs.find(name) !== undefined)
    if (fault !== undefined) throw new ExpressionError(fault)
    const evaluate = plan(environment, expr)
    return (facts: Facts) => evaluate(facts) === true
  })
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  compiled.set(expression, condition)
  return condition
}

function read(make: () => Condition): Condition {
  try {
    return make()
  } catch (error) {
    if (error instanceof ExpressionError) throw error
    // Expressions that are nested too deeply overflow the stack.
    const isOverflow =
      !(error instanceof Error) || error instanceof RangeError || error.message.includes('Stack overflow')
    const reason = isOverflow ? 'too deeply nested' : error.message
    throw new ExpressionError(`is no CEL expression: ${reason}`)
  }
}
