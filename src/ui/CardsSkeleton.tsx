import { cx } from './classes.ts'
import { Skeleton } from './Skeleton.tsx'

interface CardsSkeletonProps {
  /** Accessible name of the loading list. */
  label: string
  /** Pixels: height of a card, and widths of its lines below the first, as in the loaded list. */
  className: string
  lines: readonly number[]
}

const places = [0, 1, 2, 3, 4, 5]

/** Placeholder of a loading list of cards. */
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
