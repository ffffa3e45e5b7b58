/** The parts of the page that the first screen does without. */
export const panels = {
  basic: () => import('./connection/BasicConstruction.svelte'),
  practiceClients: () => import('./connection/PracticeClients.svelte'),
  response: () => import('./exchange/ResponsePanel.svelte'),
  token: () => import('./token/TokenPanel.svelte'),
  history: () => import('./history/HistoryPanel.svelte'),
}
