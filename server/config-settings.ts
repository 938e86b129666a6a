/** Which variables made a cloud live, for people to find them again. Names and places only. */
import type { CloudConnection, Setting } from '../src/clouds/gateway/wire.ts'

type CloudId = CloudConnection['id']
export type Settings = Readonly<Record<CloudId, readonly Setting[]>>

const roles: Readonly<Record<CloudId, Readonly<Record<Setting['role'], readonly string[]>>>> = {
  thalassa: {
    credential: [
      'THALASSA_PERSONAL_ACCESS_TOKEN',
      'THALASSA_API_TOKEN',
      'THALASSA_ACCESS_TOKEN',
      'THALASSA_CLIENT_ID',
      'THALASSA_CLIENT_SECRET',
    ],
    organisation: ['THALASSA_ORGANISATION_ID', 'THALASSA_ORGANISATION'],
    project: ['THALASSA_PROJECT_ID'],
    endpoint: ['THALASSA_API_ENDPOINT'],
  },
  exoscale: {
    credential: ['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'],
    organisation: [],
    project: [],
    endpoint: ['EXOSCALE_API_ENDPOINT'],
  },
}

/** The variables that make a cloud live. */
export const cloudVariables: readonly string[] = Object.values(roles).flatMap((variables) =>
  Object.values(variables).flat(),
)

/**
 * @param set the variables that are set
 * @param fromFile the names of those that come from `.env`
 */
export const settingsOf = (
  cloud: CloudId,
  set: Readonly<Record<string, string>>,
  fromFile: ReadonlySet<string>,
): readonly Setting[] => {
  const { credential, organisation, project, endpoint } = roles[cloud]
  const read = (role: Setting['role'], variables: readonly string[]) =>
    variables
      .filter((variable) => set[variable] !== undefined)
      .map((variable): Setting => ({ variable, role, from: fromFile.has(variable) ? 'file' : 'environment' }))
  return [
    ...read('credential', credential),
    ...read('organisation', organisation),
    ...read('project', project),
    ...read('endpoint', endpoint),
  ]
}
