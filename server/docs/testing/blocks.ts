/** Fenced blocks of a page, and comments that control how a test treats them. */
import type { Page } from './pages.ts'

export interface Block {
  readonly language: string
  readonly text: string
  /** Line of the opening fence, from 1. */
  readonly line: number
  /** `<!-- not run: REASON -->` above the block. */
  readonly notRun?: string
  /** `<!-- file: NAME -->` above the block. */
  readonly file?: string
  /** `<!-- output -->` above the block. */
  readonly isOutput: boolean
}

const FENCE = /^( *)```(\S*)\n([\s\S]*?)^ *```$/gm
const comment = (name: string) => new RegExp(`<!-- ${name} -->\\n*$`)

export const blocksOf = ({ text }: Page): readonly Block[] =>
  [...text.matchAll(FENCE)].map(({ index, 1: indent = '', 2: language = '', 3: body = '' }) => {
    const before = text.slice(0, index)
    const notRun = comment('not run: (.+)').exec(before)?.[1]
    const file = comment('file: (\\S+)').exec(before)?.[1]
    return {
      language,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: before.split('\n').length,
      isOutput: comment('output').test(before),
      ...(notRun !== undefined && { notRun }),
      ...(file !== undefined && { file }),
    }
  })

/** One or more commands with their output. */
export interface Step {
  /** Place: `docs/faq.md:12`. */
  readonly place: string
  readonly script: string
  /** Expected output, in which `…` matches any text; undefined if the page shows none. */
  readonly output: string | undefined
}

/** Commands of a `console` block: lines after `$ `, continued after a backslash; the others are output. */
const consoleSteps = (place: string, text: string): Step[] => {
  const steps: { place: string; script: string; output: string }[] = []
  for (const line of text.trimEnd().split('\n')) {
    const last = steps.at(-1)
    if (line.startsWith('$ ')) steps.push({ place, script: line.slice(2), output: '' })
    else if (last?.script.endsWith('\\') && last.output === '') last.script += `\n${line}`
    else if (last !== undefined) last.output += `${line}\n`
  }
  return steps
}

/** Steps of a page in order: files to write, and commands to run. */
export const stepsOf = (page: Page): readonly (Step | (Block & { readonly file: string }))[] => {
  const steps: (Step | (Block & { readonly file: string }))[] = []
  for (const block of blocksOf(page)) {
    const place = `${page.file}:${block.line}`
    const last = steps.at(-1)
    if (block.isOutput) {
      if (last === undefined || !('script' in last)) throw new Error(`${place}: there is no command before this output`)
      steps[steps.length - 1] = { ...last, output: block.text }
    } else if (block.file !== undefined) steps.push({ ...block, file: block.file })
    else if (block.notRun !== undefined) continue
    else if (block.language === 'sh') steps.push({ place, script: block.text, output: undefined })
    else if (block.language === 'console') steps.push(...consoleSteps(place, block.text))
  }
  return steps
}
