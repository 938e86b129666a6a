import { useQueries, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { emptyList } from '../../clouds/answer.ts'
import type { Cloud } from '../../clouds/cloud.ts'
import { type CallErrorDetails, detailsOf } from '../../clouds/errors.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { KmsKey, Location } from '../../clouds/model.ts'
import { refusalFor } from '../../clouds/permissions.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { useSearchParams } from '../../router/react.tsx'
import { useCloudLocations } from '../use-cloud-locations.ts'
import { useProject } from '../use-project.ts'
import { algorithmsIn, type Draft, keyWithSameName, recordOf } from './draft.ts'
import { useDraft } from './use-draft.ts'
import { useImport } from './use-import.ts'
import {
  type Errors,
  errorsOf,
  furthestStep,
  type StepId,
  stepOfField,
  steps,
  stepsFor,
  validateDraft,
} from './validate.ts'

/** Refusal by the provider, with the refused draft. */
interface Refusal {
  readonly error: unknown
  readonly draft: Draft
  /** Milliseconds since the epoch. */
  readonly at: number
}

const draftFields: Readonly<Record<string, keyof Draft>> = {
  location: 'locations',
  type: 'types',
  externalKey: 'external',
  name: 'name',
  description: 'description',
  labels: 'labels',
  annotations: 'annotations',
  material: 'material',
  rotationPeriod: 'rotation',
}

/** Refusal of a field's value; undefined once that field, the provider or the location has changed. */
function currentRefusal(refused: Refusal | undefined, draft: Draft): CallErrorDetails | undefined {
  if (!refused) return undefined
  const details = detailsOf(refused.error)
  const field = details.field === undefined ? undefined : draftFields[details.field]
  const same = (one: keyof Draft) => refused.draft[one] === draft[one]
  return field !== undefined && same(field) && same('cloud') && same('locations') ? details : undefined
}

/** Step with the refused field; undefined when the refusal names none. */
function stepOfError(error: unknown): StepId | undefined {
  const { field } = detailsOf(error)
  return field === undefined ? undefined : stepOfField(field)
}

/** Search parameters of a step's URL; the first step and the organisation's scope are omitted. */
export const stepSearch = (step: StepId, project: string | undefined) => ({
  ...(project === undefined ? {} : { project }),
  ...(step === 'where' ? {} : { step }),
})

function useStep(walkedSteps: readonly StepId[], furthest: StepId) {
  const [search, setSearch] = useSearchParams()
  const project = useProject()
  const requested = search.get('step')
  const wanted = walkedSteps.find((step) => step === requested) ?? 'where'
  const step = steps.indexOf(wanted) <= steps.indexOf(furthest) ? wanted : furthest
  const go = (to: StepId) => setSearch(stepSearch(to, project))
  const chooseProject = (chosen: string | undefined) => setSearch(stepSearch(step, chosen), { replace: true })
  return { step, go, chooseProject, redirected: step !== (requested ?? 'where') }
}

const onlyAvailable = (locations: readonly Location[] = []): Location | undefined => {
  const open = locations.filter(({ available }) => available)
  return open.length === 1 ? open[0] : undefined
}

/** Connection with the project of the URL, unless the provider has no projects or the gateway fixes one. */
const withProject = (connection: CloudConnection, project: string | undefined): CloudConnection =>
  cloudOf(connection.id).projects && connection.project === undefined && project !== undefined
    ? { ...connection, project }
    : connection

/** List of the location's keys; undefined while no location is chosen. */
function useKeyList(cloud: Cloud | undefined, location: string | undefined) {
  const project = useProject()
  const [list] = useQueries({
    queries: [location].flatMap((at) => (cloud && at !== undefined ? [queries.keys(cloud.id, at, project)] : [])),
  })
  return list
}

/**
 * The name as it was when its field was left: an error of it is shown for this text only. A name that another key of
 * the location has counts as an error before the provider refuses it.
 */
function useNameCheck(draft: Draft, cloud: Cloud | undefined, keys: readonly KmsKey[]) {
  const [left, setLeft] = useState(draft.name)
  return {
    holder: cloud && keyWithSameName(draft.name, keys, cloud.capabilities),
    /** The text in the field is not being typed, and not empty. */
    isLeft: left === draft.name && draft.name.trim() !== '',
    leaveName: () => setLeft(draft.name),
  }
}

/** State of the wizard: draft, current step and errors. */
export function useWizard() {
  const state = useDraft()
  const { draft, set } = state
  const session = useSuspenseQuery(queries.session()).data
  const project = useProject()
  const connections = session.clouds.map((one) => withProject(one, project))
  const connection = connections.find(({ id }) => id === draft.cloud) ?? connections[0]
  const chosen = connection && cloudOf(connection.id)
  const locations = useCloudLocations(chosen?.id)
  const location = chosen && (draft.locations[chosen.id] ?? onlyAvailable(locations.data)?.id)
  const place = locations.data?.find(({ id }) => id === location)
  const list = useKeyList(chosen, location)
  const keys = list?.data?.items ?? emptyList.items
  const algorithms = chosen && algorithmsIn(chosen.capabilities, list?.data?.items, draft)
  const cloud = algorithms && { ...chosen, capabilities: { ...chosen.capabilities, algorithms } }

  const material = useImport(state, cloud?.capabilities, location)
  const walkedSteps = stepsFor(material.chosen !== undefined)
  const wrong = { ...validateDraft(draft, cloud?.capabilities, location), ...material.errors }
  const { step, go, chooseProject, redirected } = useStep(walkedSteps, furthestStep(wrong))
  const { holder, isLeft, leaveName } = useNameCheck(draft, cloud, keys)
  const [created, setCreated] = useState(false)
  const [checked, setChecked] = useState<readonly StepId[]>([])
  const [attempt, setAttempt] = useState(0)
  const [refused, setRefused] = useState<Refusal>()

  const closed: Errors =
    place && !place.available && cloud
      ? {
          location: `${place.reason ?? `${place.id} is not available.`} Choose another ${cloud.capabilities.locationNoun}.`,
        }
      : {}
  const taken: Errors = holder && !created ? { name: `${holder.name} has this name.` } : {}
  const all: Errors = { ...wrong, ...closed, ...taken }
  const isShown = (field: string, home: StepId) => checked.includes(home) || (field === 'name' && isLeft)
  const refusal = currentRefusal(refused, draft)

  /** Whether a step has no errors. From now on they are shown, and the first invalid field takes the focus. */
  const passes = (one: StepId): boolean => {
    setChecked((before) => [...before, one])
    setAttempt((before) => before + 1)
    return Object.keys(errorsOf(all, (_, other) => other === one)).length === 0
  }

  const next = () => {
    if (!passes(step)) return
    if (cloud && location !== undefined) {
      // A preselection becomes a choice, which survives a reload and further locations.
      if (draft.cloud === undefined) set('cloud', cloud.id)
      if (draft.locations[cloud.id] === undefined) set('locations', { ...draft.locations, [cloud.id]: location })
    }
    go(walkedSteps[walkedSteps.indexOf(step) + 1] ?? 'name')
  }

  /** Shows a refusal at its field, in that field's step, or above the buttons. */
  const refuse = (error: unknown) => {
    const home = stepOfError(error)
    setRefused({ error, draft, at: Date.now() })
    setAttempt((before) => before + 1)
    if (home) go(home)
  }

  return {
    ...state,
    forget: () => {
      setCreated(true)
      state.forget()
    },
    reset: () => {
      material.drop()
      state.reset()
    },
    session,
    connections,
    connection,
    /** Why the person can't create the key, whatever its settings. */
    notAllowed:
      cloud &&
      refusalFor(
        'create',
        { cloud: cloud.id, location, project: connection?.project, labels: recordOf(draft.labels) },
        session,
      ),
    /** Offers what the location creates. */
    cloud,
    capabilities: cloud?.capabilities,
    /** The location is known not to create every kind of key. */
    isPartialOffer: list?.data !== undefined && algorithms?.length !== chosen?.capabilities.algorithms.length,
    /** Keys of the location that could not be read, though it is open. */
    failedList: place?.available && list?.error && !list.data ? list : undefined,
    locations,
    location,
    material,
    steps: walkedSteps,
    step,
    redirected,
    go,
    chooseProject: (chosen: string | undefined) => {
      // What a project refused, such as a name, another one may take.
      setRefused(undefined)
      chooseProject(chosen)
    },
    attempt,
    errors: errorsOf(all, isShown),
    /** Keys of the location, as far as they are read. */
    keys,
    isNameTaken: taken.name !== undefined && isShown('name', 'name'),
    leaveName,
    firstWrongStep: () => walkedSteps.find((one) => !passes(one)),
    /** Refusal of a field's current value. */
    refusal,
    /** Refusal that concerns no field. */
    failure: refused && stepOfError(refused.error) === undefined ? refused : undefined,
    next,
    back: () => go(walkedSteps[walkedSteps.indexOf(step) - 1] ?? 'where'),
    refuse,
    clearFailure: () => setRefused(undefined),
  }
}

export type Wizard = ReturnType<typeof useWizard>
