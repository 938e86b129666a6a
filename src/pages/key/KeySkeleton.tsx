import { Skeleton } from '../../ui/Skeleton.tsx'

const rows = [180, 120, 210, 90, 240, 150]

/** The head, the tabs and the property list, in their places. */
export function KeySkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Reading the key</span>
      <div className="grid gap-3 pt-6 pb-4">
        <Skeleton width={200} height={18} />
        <Skeleton width={420} />
      </div>
      <div className="flex h-9 items-center gap-5 border-line border-b">
        <Skeleton width={60} />
        <Skeleton width={60} />
        <Skeleton width={60} />
      </div>
      <div className="mt-4 rounded-lg border border-line px-3.5 py-4">
        {rows.map((width) => (
          <div key={width} className="flex h-8 items-center gap-16">
            <Skeleton width={72} />
            <Skeleton width={width} />
          </div>
        ))}
      </div>
    </div>
  )
}
