"""The time zones to choose from: one for each clock that our members live by."""

TIMEZONES = (
    "Europe/Rome", "Europe/Madrid", "Europe/London", "Europe/Dublin", "Europe/Lisbon",
    "Atlantic/Canary", "Atlantic/Azores", "Europe/Paris", "Europe/Berlin", "Europe/Zurich",
    "Europe/Vienna", "Europe/Brussels", "Europe/Amsterdam", "Europe/Warsaw", "Europe/Stockholm",
    "Europe/Malta", "Europe/Athens", "Europe/Bucharest", "Europe/Helsinki", "Europe/Kyiv",
    "Europe/Istanbul", "Africa/Casablanca", "Africa/Tunis", "Africa/Cairo", "Africa/Lagos",
    "Africa/Johannesburg", "America/Mexico_City", "America/Tijuana", "America/Guatemala",
    "America/Costa_Rica", "America/Panama", "America/Havana", "America/Santo_Domingo",
    "America/Puerto_Rico", "America/Bogota", "America/Lima", "America/Guayaquil",
    "America/Caracas", "America/La_Paz", "America/Asuncion", "America/Santiago",
    "America/Argentina/Buenos_Aires", "America/Montevideo", "America/Sao_Paulo",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Halifax", "America/Toronto", "America/Vancouver", "Asia/Jerusalem", "Asia/Dubai",
    "Asia/Kolkata", "Asia/Bangkok", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Shanghai",
    "Asia/Tokyo", "Asia/Seoul", "Australia/Perth", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
