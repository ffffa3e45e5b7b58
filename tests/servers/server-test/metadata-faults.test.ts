import { describeFaults } from './matrix-testing.ts'
import { metadataFaults } from './other-faults.ts'

describeFaults('metadata', metadataFaults)
