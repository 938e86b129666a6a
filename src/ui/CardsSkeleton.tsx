import { cx } from './cx.ts'
import { Skeleton } from './Skeleton.tsx'

interface CardsSkeletonProps {
  /** Of the list that is on its way. */
  label: string
  /** Height of a card, and widths of its second and third line in pixels: those of the cards to come. */
  className: string
  lines: readonly [number, number]
}

const places = [0, 1, 2, 3, 4, 5]

/** The geometry of a list of cards while the first are on their way. */
export const CardsSkeleton = ({ label, className, lines: [second, third] }: CardsSkeletonProps) => (
  <ul aria-label={label} aria-busy="true" className="border-line border-t">
    {places.map((place) => (
      <li key={place} className={cx('grid content-center gap-4 border-line border-b px-(--gutter)', className)}>
        <Skeleton width={140 - place * 9} height={12} />
        <Skeleton width={second} />
        <Skeleton width={third} />
      </li>
    ))}
  </ul>
)
