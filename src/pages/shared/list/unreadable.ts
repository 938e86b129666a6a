import type { Listed, Unreadable } from '../../../clouds/answer.ts'
import type { CloudId } from '../../../clouds/model.ts'

/** Item that can't be read, with the place whose list has it. */
export interface UnreadableItem extends Unreadable {
  readonly cloud: CloudId
  readonly location?: string
}

export const unreadableIn = (
  list: Listed<unknown> | undefined,
  place: Pick<UnreadableItem, 'cloud' | 'location'>,
): readonly UnreadableItem[] => list?.unreadable.map((item) => ({ ...item, ...place })) ?? []
