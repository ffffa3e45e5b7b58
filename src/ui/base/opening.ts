import { createContext } from 'svelte'

/** Opens an exchange of History by its number. */
type OpenExchange = (id: number) => unknown

export const [useOpenExchange, provideOpenExchange] = createContext<OpenExchange>()
