/** Fetches code that will soon be wanted. That it can't be had is told when it is. */
export const preload = (load: () => Promise<unknown>): void => void load().catch(() => undefined)
