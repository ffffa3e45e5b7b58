/** What is written for users and authors, at the top level. */
export const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'] as const
