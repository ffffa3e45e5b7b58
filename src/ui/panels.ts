/** Resolves once the form has been painted: what the first screen does without must not hold it up. */
const painted = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve))
})

/** The parts of the page that the first screen does without. */
export const panels = {
  basic: () => painted.then(() => import('./connection/BasicConstruction.svelte')),
  practiceClients: () => painted.then(() => import('./connection/PracticeClients.svelte')),
  response: () => import('./exchange/ResponsePanel.svelte'),
  token: () => painted.then(() => import('./token/TokenPanel.svelte')),
  history: () => painted.then(() => import('./history/HistoryPanel.svelte')),
}
