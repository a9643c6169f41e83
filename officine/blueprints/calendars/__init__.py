"""Events as calendars: taken along, invited to, answered, taken over."""
