import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'

/**
 * `useMutation` that runs once at a time: `mutate` is ignored while the last run is pending. A second click can come
 * before the pending state is rendered, and a second rotation or deletion is not harmless.
 * @param run rejects with the refusal, which becomes `error`
 */
export function useExclusiveMutation<Input = void>(run: (input: Input) => Promise<void>) {
  const running = useRef(false)
  const mutation = useMutation({
    mutationFn: async (input: Input) => {
      try {
        await run(input)
      } finally {
        running.current = false
      }
    },
  })
  return {
    ...mutation,
    mutate(input: Input) {
      if (running.current) return
      running.current = true
      mutation.mutate(input)
    },
  }
}
