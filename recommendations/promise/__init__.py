"""The promise of 30 working days: compute, explain and move the due date, end the promise, alert the officers."""
