/** Resolves once the form has been painted: what the first screen does without must not hold it up. */
const painted = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve))
})

/** The parts of the page that the first screen does without. */
export const panels = {
  basic: () => painted.then(() => import('./connection/BasicConstruction.svelte')),
  practiceClients: () => painted.then(() => import('./connection/PracticeClients.svelte')),
  guide: () => painted.then(() => import('./connection/GuideSection.svelte')),
  saved: () => painted.then(() => import('./connection/saved/SavedSection.svelte')),
  discovery: () => painted.then(() => import('./connection/DiscoverySection.svelte')),
  assertion: () => painted.then(() => import('./connection/AssertionEditor.svelte')),
  mutualTls: () => painted.then(() => import('./connection/MutualTls.svelte')),
  parameters: () => painted.then(() => import('./connection/Parameters.svelte')),
  dpop: () => painted.then(() => import('./connection/DpopEditor.svelte')),
  localNetwork: () => painted.then(() => import('./why/LocalNetworkNotice.svelte')),
  clockSkew: () => painted.then(() => import('./connection/ClockSkew.svelte')),
  parameterTable: () => import('./exchange/ParameterTable.svelte'),
  signedParts: () => painted.then(() => import('./exchange/SignedParts.svelte')),
  check: () => import('./why/BeforehandCheck.svelte'),
  response: () => import('./exchange/ResponsePanel.svelte'),
  token: () => painted.then(() => import('./token/TokenSide.svelte')),
  keys: () => painted.then(() => import('./keys/KeysPanel.svelte')),
  history: () => painted.then(() => import('./exchange/HistoryPanel.svelte')),
}
