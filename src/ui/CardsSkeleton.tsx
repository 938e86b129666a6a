import { cx } from './classes.ts'
import { Skeleton } from './Skeleton.tsx'

interface CardsSkeletonProps {
  /** Of the list that is on its way. */
  label: string
  /** Height of a card, and widths of its lines below the first in pixels: those of the cards to come. */
  className: string
  lines: readonly number[]
}

const places = [0, 1, 2, 3, 4, 5]

/** The geometry of a list of cards while the first are on their way. */
export const CardsSkeleton = ({ label, className, lines }: CardsSkeletonProps) => (
  <ul aria-label={label} aria-busy="true" className="border-line border-t">
    {places.map((place) => (
      <li key={place} className={cx('grid content-center gap-4 border-line border-b px-(--gutter)', className)}>
        <Skeleton width={140 - place * 9} height={12} />
        {lines.map((width) => (
          <Skeleton key={width} width={width} />
        ))}
      </li>
    ))}
  </ul>
)
