import { useEffect, useState } from 'react'
import { freeSpaceForResults } from '../../../lib/age/results.ts'

/** Free space for a result in bytes, read for each file; undefined while unknown. */
export function useFreeSpace(file: File | undefined): number | undefined {
  const [room, setRoom] = useState<number>()
  useEffect(() => {
    let asked = file !== undefined
    if (asked) {
      freeSpaceForResults().then(
        (bytes) => {
          if (asked) setRoom(bytes)
        },
        () => undefined,
      )
    }
    return () => {
      asked = false
    }
  }, [file])
  return room
}
