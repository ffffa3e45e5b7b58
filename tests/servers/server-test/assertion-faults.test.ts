import { describeFaults } from './matrix-testing.ts'
import { assertionFaults } from './signed-faults.ts'

describeFaults('assertion', assertionFaults)
