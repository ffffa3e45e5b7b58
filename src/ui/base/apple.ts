/** Whether the keyboard of that machine has a command key, which shortcuts use there. */
export const isApple = (userAgent: string): boolean => /Mac|iPhone|iPad/.test(userAgent)
