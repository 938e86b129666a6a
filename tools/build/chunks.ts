import type { Rolldown } from 'vite'

/** Where loading can begin and the module is needed at once, through static imports alone: the page itself, or what is fetched on demand. */
function rootsOf(id: string, context: Rolldown.ChunkingContext, found = new Set<string>(), asked = new Set<string>()) {
  if (asked.has(id)) return found
  asked.add(id)
  const info = context.getModuleInfo(id)
  if (info === null) return found
  if (info.isEntry || info.dynamicImporters.length > 0) found.add(id)
  for (const importer of info.importers) rootsOf(importer, context, found, asked)
  return found
}

const isEntry = (id: string, context: Rolldown.ChunkingContext) => context.getModuleInfo(id)?.isEntry === true

/** The screen that has limits of its own. */
const isFirstScreen = (id: string) => id.endsWith('/KeysPage.tsx')

/**
 * One chunk for the libraries that the shell needs, one for what the shell and the first screen share with others, one
 * for the shell, one for each screen: many small files cost round trips and compress badly. Libraries that only a screen
 * or a dialog needs travel with it.
 */
export const codeSplitting = {
  groups: [
    {
      debugName: 'libraries',
      test: /[\\/]node_modules[\\/]/,
      name: (id: string, context: Rolldown.ChunkingContext) =>
        [...rootsOf(id, context)].some((root) => isEntry(root, context)) ? 'libraries' : null,
    },
    {
      debugName: 'shared',
      test: /[\\/]src[\\/]/,
      name: (id: string, context: Rolldown.ChunkingContext) => {
        const roots = [...rootsOf(id, context)]
        const atFirst = roots.some((root) => isFirstScreen(root) || isEntry(root, context))
        return atFirst && roots.length > 1 ? 'shared' : null
      },
    },
  ],
}
