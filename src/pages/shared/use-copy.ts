import { useToast } from '../../ui/Toast.tsx'

/** Copies and tells it in a toast: for what has no button in sight that could. */
export function useCopy(): (what: string, text: string, instead?: string) => void {
  const toast = useToast()
  return (what, text, instead = 'Select it on the page instead.') =>
    void navigator.clipboard.writeText(text).then(
      () => toast.success(`Copied the ${what}.`),
      () => toast.error(`The ${what} was not copied.`, { text: `The browser refused. ${instead}` }),
    )
}
