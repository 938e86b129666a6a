import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useState } from 'react'
import type { WindowedProps } from './Windowed.tsx'

export function Virtual({ count, size, container, children }: WindowedProps) {
  const [top, setTop] = useState(0)
  // What stands above the rows, such as a banner, comes and goes.
  useLayoutEffect(() => {
    const box = container.current?.getBoundingClientRect()
    if (box) setTop(Math.round(box.top + window.scrollY))
  })
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => size, overscan: 12, scrollMargin: top })
  const items = virtualizer.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = (items.at(-1)?.index ?? -1) + 1
  return children({ from, to, before: from * size, after: (count - to) * size })
}
