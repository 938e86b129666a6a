/** Words for access to a key. */
import { activityLabels } from '../../../clouds/activity-vocabulary.ts'
import type { ActivityKind } from '../../../clouds/endpoint.ts'
import type { AccessDecision, AccessVerdict } from '../../../clouds/key-access.ts'
import type { KmsKey } from '../../../clouds/model.ts'

/** A key, and what can be done with it in the order in which it is shown. */
export interface OnKey {
  readonly kmsKey: KmsKey
  readonly activities: readonly ActivityKind[]
}

export const formatActivities = (activities: readonly ActivityKind[]): string =>
  activities.map((activity) => activityLabels[activity]).join(', ')

export const verdicts: Readonly<Record<AccessVerdict, string>> = {
  allowed: 'Allowed',
  depends: 'Depends on the request',
  refused: 'Refused',
}

/** Before the reason. */
const beginnings: Readonly<Record<AccessVerdict, string>> = {
  allowed: 'Allowed',
  depends: 'Depends',
  refused: 'Refused',
}

/** `Refused by rule 2` */
export const formatDecision = ({ verdict, because }: AccessDecision): string => `${beginnings[verdict]} ${because}`

export interface Reason {
  readonly verdict: AccessVerdict
  readonly text: string
  readonly activities: readonly ActivityKind[]
}

const order: readonly AccessVerdict[] = ['allowed', 'depends', 'refused']

/** What is decided alike, with what decides it: what is allowed first. */
export function reasonsOf(decisions: ReadonlyMap<ActivityKind, AccessDecision>): readonly Reason[] {
  const groups = Map.groupBy(decisions, ([, decision]) => formatDecision(decision))
  return [...groups]
    .flatMap(([text, [first, ...others]]): Reason[] =>
      first === undefined
        ? []
        : [{ verdict: first[1].verdict, text, activities: [first, ...others].map(([activity]) => activity) }],
    )
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
}
