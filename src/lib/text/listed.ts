/** Phrases as one: "quotation marks, a comma and “scope=”". Empty for none. */
export const listed = (phrases: readonly string[]): string =>
  phrases.length < 2 ? phrases.join('') : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1) ?? ''}`
