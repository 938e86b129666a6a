import { type Offering, type PageAction, usePageActions } from '../page-actions.ts'

interface PageActionsProps extends Offering {
  of: readonly PageAction[]
}

/** What a part of the page offers as long as it is there; beside the buttons that do the same. Draws nothing. */
export function PageActions({ of: actions, level = 'part', ...offering }: PageActionsProps) {
  usePageActions(actions, { level, ...offering })
  return null
}
