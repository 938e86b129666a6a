import { formatDuration } from '../clouds/clock.ts'
import { Banner } from '../ui/Banner.tsx'

/** @param ahead milliseconds by which the browser's clock is ahead of the gateway's */
export const ClockBanner = ({ ahead }: { ahead: number }) => (
  <div className="mx-auto w-full max-w-(--page) px-(--gutter) pt-3 print:hidden">
    <Banner
      tone="info"
      title={`This computer’s clock is ${formatDuration(Math.round(ahead / 1000))} ${ahead > 0 ? 'ahead of' : 'behind'} the gateway’s.`}
    >
      Times here follow the gateway’s clock. Correct the clock that is wrong.
    </Banner>
  </div>
)
