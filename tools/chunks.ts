import type { Rolldown } from 'vite'

/** Whether the browser must have the module before the app can start: the page imports it, through static imports alone. */
const startsWithApp = (id: string, context: Rolldown.ChunkingContext, asked = new Set<string>()): boolean => {
  if (asked.has(id)) return false
  asked.add(id)
  const info = context.getModuleInfo(id)
  return info !== null && (info.isEntry || info.importers.some((importer) => startsWithApp(importer, context, asked)))
}

/**
 * One chunk for the libraries that the shell needs, one for the shell, one for each screen. Libraries that only a screen
 * or a dialog needs travel with it.
 */
export const codeSplitting = {
  groups: [
    {
      debugName: 'libraries',
      test: /[\\/]node_modules[\\/]/,
      name: (id: string, context: Rolldown.ChunkingContext) => (startsWithApp(id, context) ? 'libraries' : null),
    },
  ],
}
