import { Checkbox } from '../../ui/Checkbox.tsx'
import { type KeyRow, spokenName } from './key-rows.ts'
import type { PressRow } from './use-selection.ts'

interface RowCheckboxProps {
  row: KeyRow
  selected: boolean
  onPress: PressRow
}

/** Chooses a row; with Shift, all from the last pressed one to it. */
export const RowCheckbox = ({ row, selected, onPress }: RowCheckboxProps) => (
  <Checkbox
    aria-label={`Select ${spokenName(row.key)}`}
    checked={selected}
    onChange={(on, { shiftKey }) => onPress(row, { on, range: shiftKey })}
  />
)
