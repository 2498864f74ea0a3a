/*
 * The player of a practice conversation. Comes in: what fragments/scenario.html renders, complete
 * without this script; all texts stand in its data-text-…, all steps in data-node, data-choice,
 * data-next. It plays in .scenario-stage, puts "scenario-enhanced" on .scenario, which hides the
 * script and the map, and lights [data-edge] and [data-spot] of the path taken. With ?answers it
 * leaves the page as it is and opens all details, for a trainer's print.
 */
