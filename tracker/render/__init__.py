"""Values become text or bytes: letters, calendars, sheets, reports."""
