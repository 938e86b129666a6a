import { Download } from 'lucide-react'
import type { BulkResult, FailedKey } from '../../../clouds/bulk.ts'
import { detailsOf, mayHaveSucceeded, requestLine } from '../../../clouds/errors.ts'
import { withPermissionHint } from '../../../clouds/failed-change.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { csvHead, csvLine } from '../../../lib/csv.ts'
import { currentTime } from '../../../lib/current-time.ts'
import { download } from '../../../lib/download.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { KeyLink } from '../KeyLink.tsx'
import { formatFailures } from './bulk-labels.ts'
import { closeBulkDialog } from './bulk-store.ts'

/** Failures listed in the dialog; the file has all. */
const LISTED = 100

const outcome = ({ cloud, location, id, name }: KmsKey, result: string, reason = '') =>
  csvLine([cloud, location, id, name, result, reason])

function reasonOf({ key, error }: FailedKey): string {
  const { message } = detailsOf(withPermissionHint(error, key))
  return mayHaveSucceeded(error) ? `${message} The change may still have happened: check the key first.` : message
}

const fileOf = ({ succeeded, failed, notStarted }: BulkResult) =>
  [
    csvHead(['cloud', 'location', 'id', 'name', 'result', 'reason']),
    ...succeeded.map((key) => outcome(key, 'succeeded')),
    ...failed.map((one) => outcome(one.key, 'failed', reasonOf(one))),
    ...notStarted.map((key) => outcome(key, 'not started')),
  ].join('')

function FailedRow({ failed }: { failed: FailedKey }) {
  const { key, error } = failed
  return (
    <li className="grid gap-0.5 border-line border-b px-3 py-2 last:border-b-0">
      <span className="flex min-w-0 items-baseline gap-2">
        <KeyLink className="link truncate" to={addressOf(key)} onClick={closeBulkDialog}>
          {key.name}
        </KeyLink>
        <span className="mono flex-none text-fg-muted">{key.location}</span>
      </span>
      <span className="text-sm">{reasonOf(failed)}</span>
      <span className="mono-xs text-fg-muted [overflow-wrap:anywhere]">{requestLine(detailsOf(error))}</span>
    </li>
  )
}

/** Keys that failed, with the reason, and how many were not started. */
export function BulkReport({ result }: { result: BulkResult }) {
  const { failed, gaveUp } = result
  const rest = failed.length - LISTED
  return (
    <>
      <p>
        {formatFailures(result)}
        {gaveUp ? ' Several keys in a row failed for the same reason, so the rest was not started.' : ''}
      </p>
      {failed.length > 0 ? (
        <section aria-label="Failed">
          <ul className="max-h-64 overflow-y-auto rounded-md border border-line">
            {failed.slice(0, LISTED).map((one) => (
              <FailedRow key={`${one.key.cloud} ${one.key.location} ${one.key.id}`} failed={one} />
            ))}
          </ul>
          {rest > 0 ? <p className="pt-1 text-fg-muted text-xs">and {formatNumber(rest)} more</p> : null}
        </section>
      ) : null}
      <div>
        <Button
          size="sm"
          variant="ghost"
          icon={Download}
          onClick={() =>
            download(`kms-report-${new Date(currentTime()).toISOString().slice(0, 10)}.csv`, fileOf(result))
          }
        >
          Save report
        </Button>
      </div>
    </>
  )
}
