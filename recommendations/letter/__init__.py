"""The letter: its content, numbers and PDF; issuing, sending and handing it over; its public check page."""
