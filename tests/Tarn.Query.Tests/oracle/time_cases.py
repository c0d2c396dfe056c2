"""Writes cases/times.expr: dates, times and zones by Trino's rules, computed with Python's datetime and zoneinfo."""
import calendar
import datetime as dt
import sys
from zoneinfo import ZoneInfo

UTC = dt.timezone.utc
DATES = ["2026-01-01", "2026-01-31", "2026-02-28", "2024-02-29", "2026-03-31", "2026-12-31", "2000-02-29", "1970-01-01",
         "1969-12-31", "1900-03-01", "2027-01-03", "2026-06-15"]
TIMES = ["2026-01-31 00:00:00.000", "2026-03-29 01:59:59.999", "2024-02-29 23:59:59.999", "1969-12-31 12:34:56.789",
         "2026-12-31 23:00:00.001", "2026-06-15 12:00:00.000", "2000-01-01 00:00:00.000"]
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "+05:30", "-08:00"]
CALENDAR = ["day", "week", "month", "quarter", "year"]
CLOCK = {"millisecond": 1, "second": 1000, "minute": 60_000, "hour": 3_600_000}


def parse(text):
    return dt.datetime.fromisoformat(text)


def show(moment):
    return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


def add(moment, unit, count):
    if unit in CLOCK:
        return moment + dt.timedelta(milliseconds=count * CLOCK[unit])
    if unit in ("day", "week"):
        return moment + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = moment.year * 12 + moment.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def truncate(moment, unit):
    if unit == "millisecond":
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    moment = moment.replace(microsecond=0)
    if unit == "second":
        return moment
    moment = moment.replace(second=0)
    if unit == "minute":
        return moment
    moment = moment.replace(minute=0)
    if unit == "hour":
        return moment
    moment = moment.replace(hour=0)
    if unit == "week":
        return moment - dt.timedelta(days=moment.weekday())
    if unit in ("month", "quarter", "year"):
        moment = moment.replace(day=1)
    if unit == "quarter":
        moment = moment.replace(month=(moment.month - 1) // 3 * 3 + 1)
    return moment.replace(month=1) if unit == "year" else moment


def months_between(a, b):
    """Joda's: whole months from a to b, a <= b; the last day of b's month reaches any later day of a's."""
    months = (b.year - a.year) * 12 + b.month - a.month
    day = min(a.day, b.day) if b.day == calendar.monthrange(b.year, b.month)[1] else a.day
    start = (day, a.time()) if isinstance(a, dt.datetime) else (day,)
    end = (b.day, b.time()) if isinstance(b, dt.datetime) else (b.day,)
    return months - (1 if end < start else 0)


def difference(a, b, unit):
    if b < a:
        return -difference(b, a, unit)
    if unit in ("month", "quarter"):
        return months_between(a, b) // (3 if unit == "quarter" else 1)
    if unit == "year":
        # Joda compares the days passed since 1 January, the 29th of February counted out of leap years.
        def passed(x, other):
            start = dt.datetime(x.year, 1, 1)
            days = (dt.datetime(x.year, x.month, x.day) - start).days
            if days >= 59 and calendar.isleap(x.year) and not calendar.isleap(other.year):
                days -= 1
            clock = x.time() if isinstance(x, dt.datetime) else dt.time()
            return days, clock
        return b.year - a.year - (1 if passed(b, a) < passed(a, b) else 0)
    span = b - a
    if unit in ("day", "week"):
        return span // dt.timedelta(days=7 if unit == "week" else 1)
    return span // dt.timedelta(milliseconds=CLOCK[unit])


def fields(out, sql, moment, is_date):
    iso = moment.isocalendar()
    values = {"year": moment.year, "quarter": (moment.month + 2) // 3, "month": moment.month, "week": iso[1],
              "week_of_year": iso[1], "day": moment.day, "day_of_month": moment.day, "day_of_week": iso[2], "dow": iso[2],
              "day_of_year": moment.timetuple().tm_yday, "doy": moment.timetuple().tm_yday, "year_of_week": iso[0],
              "yow": iso[0]}
    if not is_date:
        values |= {"hour": moment.hour, "minute": moment.minute, "second": moment.second,
                   "millisecond": moment.microsecond // 1000}
    for name, value in values.items():
        out(f"{name}({sql}) => {value}")
        if name not in ("week_of_year", "millisecond", "quarter"):
            out(f"EXTRACT({name} FROM {sql}) => {value}")
    last = moment.replace(day=calendar.monthrange(moment.year, moment.month)[1])
    out(f"last_day_of_month({sql}) => {last:%Y-%m-%d}")


def dates(out):
    for text in DATES:
        day = dt.date.fromisoformat(text)
        sql = f"DATE '{text}'"
        fields(out, sql, dt.datetime(day.year, day.month, day.day), True)
        out(f"CAST('{text}' AS date) => {text}")
        out(f"CAST({sql} AS varchar) => {text}")
        out(f"to_iso8601({sql}) => {text}")
        out(f"from_iso8601_date('{text}') => {text}")
        out(f"from_iso8601_date('{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}-{day.isocalendar()[2]}') => {text}")
        out(f"CAST({sql} AS timestamp) => {text} 00:00:00.000")
        for unit in CALENDAR:
            out(f"date_trunc('{unit}', {sql}) => {truncate(dt.datetime(day.year, day.month, day.day), unit):%Y-%m-%d}")
            for count in (1, -1, 5, 13, -25):
                out(f"date_add('{unit}', {count}, {sql}) => {add(day, unit, count)}")
            for other in DATES:
                value = difference(day, dt.date.fromisoformat(other), unit)
                out(f"date_diff('{unit}', {sql}, DATE '{other}') => {value}")
        for other in DATES:
            out(f"CAST({sql} - DATE '{other}' AS varchar) => {(day - dt.date.fromisoformat(other)).days} 00:00:00.000")
            out(f"{sql} < DATE '{other}' => {'true' if text < other else 'false'}")
        for count, unit in ((1, "MONTH"), (13, "MONTH"), (1, "YEAR"), (45, "DAY")):
            out(f"{sql} + INTERVAL '{count}' {unit} => {add(day, unit.lower(), count)}")
            out(f"{sql} - INTERVAL '{count}' {unit} => {add(day, unit.lower(), -count)}")
    for bad in ["2026-02-30", "2026-13-01", "x", "2026", "2026-1-1 10:00"]:
        out(f"CAST('{bad}' AS date) !! INVALID_CAST_ARGUMENT")
        out(f"TRY_CAST('{bad}' AS date) => NULL")
    out("DATE '2026-01-01' + INTERVAL '5' HOUR !! Cannot add hour, minutes or seconds to a date")
    out("date_trunc('hour', DATE '2026-01-01') !! INVALID_FUNCTION_ARGUMENT")
    out("date_add('hour', 1, DATE '2026-01-01') !! INVALID_FUNCTION_ARGUMENT")


def timestamps(out):
    for text in TIMES:
        moment, sql = parse(text), f"TIMESTAMP '{text}'"
        fields(out, sql, moment, False)
        out(f"{sql} => {text}")
        out(f"CAST({sql} AS varchar) => {text}")
        out(f"CAST('{text}' AS timestamp) => {text}")
        out(f"to_iso8601({sql}) => {text.replace(' ', 'T')}")
        out(f"CAST({sql} AS date) => {text[:10]}")
        out(f"CAST({sql} AS time) => {text[11:]}")
        out(f"from_iso8601_timestamp('{text.replace(' ', 'T')}Z') => {text} UTC")
        out(f"from_iso8601_timestamp('{text.replace(' ', 'T')}+02:00') => {text} +02:00")
        for unit in [*CLOCK, *CALENDAR]:
            out(f"date_trunc('{unit}', {sql}) => {show(truncate(moment, unit))}")
            for count in (1, -7, 100):
                out(f"date_add('{unit}', {count}, {sql}) => {show(add(moment, unit, count))}")
            for other in TIMES:
                out(f"date_diff('{unit}', {sql}, TIMESTAMP '{other}') => {difference(moment, parse(other), unit)}")
        for pattern, python in (("%Y-%m-%d %H:%i:%s", "%Y-%m-%d %H:%M:%S"), ("%d/%m/%y", "%d/%m/%y"), ("%W, %M %e", None),
                                ("%a %b %d %j", "%a %b %d %j"), ("%h:%i %p", "%I:%M %p"), ("%x-W%v", "%G-W%V"), ("%T", "%H:%M:%S"),
                                ("100%%", "100%%"), ("%r", "%I:%M:%S %p"), ("%f", "%f")):
            value = moment.strftime(python) if python else f"{moment:%A, %B} {moment.day}"
            out(f"date_format({sql}, '{pattern}') => {value}")
        for pattern, python in (("yyyy-MM-dd HH:mm:ss", "%Y-%m-%d %H:%M:%S"), ("EEE, d MMM yyyy", None), ("hh:mm a", "%I:%M %p"),
                                ("xxxx-'W'ww-e", "%G-W%V-%u"), ("D", None), ("yyyy''yy", "%Y'%y"), ("HH:mm:ss.SSS", "ms"),
                                ("EEEE MMMM", "%A %B")):
            value = {"EEE, d MMM yyyy": f"{moment:%a}, {moment.day} {moment:%b %Y}", "D": str(moment.timetuple().tm_yday),
                     "HH:mm:ss.SSS": text[11:]}.get(pattern) or moment.strftime(python)
            out(f"format_datetime({sql}, '{pattern.replace(chr(39), chr(39) * 2)}') => {value}")
        out(f"date_parse('{moment:%Y-%m-%d %H:%M:%S}', '%Y-%m-%d %H:%i:%s') => {moment:%Y-%m-%d %H:%M:%S}.000")
        out(f"parse_datetime('{moment:%d.%m.%Y %H:%M}', 'dd.MM.yyyy HH:mm') => {moment:%Y-%m-%d %H:%M}:00.000 UTC")
        epoch = moment.replace(tzinfo=UTC).timestamp()
        out(f"from_unixtime({epoch:.3f}) => {text} UTC")
        out(f"CAST(to_unixtime({sql}) * 1000 AS bigint) => {round(epoch * 1000)}")
        for digits in (0, 1, 3, 6):
            unit = 10 ** (6 - digits)
            micros = (moment.microsecond + unit // 2) // unit * unit
            value = moment.replace(microsecond=0) + dt.timedelta(microseconds=micros)
            shown = f"{value:%Y-%m-%d %H:%M:%S}" + (f".{value:%f}"[:digits + 1] if digits else "")
            out(f"CAST(CAST({sql} AS timestamp({digits})) AS varchar) => {shown}")


def zones(out):
    instants = [dt.datetime(2026, 3, 28, 23, 30, tzinfo=UTC), dt.datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
                dt.datetime(2026, 3, 29, 1, 0, tzinfo=UTC), dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
                dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC), dt.datetime(2026, 3, 8, 7, 0, tzinfo=UTC),
                dt.datetime(2026, 11, 1, 5, 30, tzinfo=UTC), dt.datetime(2026, 4, 4, 15, 15, tzinfo=UTC),
                dt.datetime(1970, 1, 1, tzinfo=UTC)]
    for zone in ZONES:
        info = ZoneInfo(zone) if zone[0].isalpha() else dt.timezone(
            (-1 if zone[0] == "-" else 1) * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[4:])))
        for instant in instants:
            local = instant.astimezone(info)
            offset = int(local.utcoffset().total_seconds()) // 60
            plain = f"TIMESTAMP '{show(instant)} UTC'"
            sql = f"{plain} AT TIME ZONE '{zone}'"
            wall = show(local)
            out(f"{sql} => {wall} {zone}")
            out(f"at_timezone({plain}, '{zone}') => {wall} {zone}")
            out(f"CAST({sql} AS timestamp) => {wall}")
            out(f"CAST({sql} AS date) => {wall[:10]}")
            out(f"CAST({sql} AS varchar) => {wall} {zone}")
            out(f"hour({sql}) => {local.hour}")
            out(f"day({sql}) => {local.day}")
            out(f"timezone_hour({sql}) => {int(offset / 60)}")
            out(f"timezone_minute({sql}) => {offset - int(offset / 60) * 60}")
            mark = "Z" if offset == 0 else f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
            out(f"to_iso8601({sql}) => {wall.replace(' ', 'T')}{mark}")
            out(f"format_datetime({sql}, 'yyyy-MM-dd HH:mm ZZ') => {wall[:16]} {'+00:00' if mark == 'Z' else mark}")
            out(f"to_unixtime({sql}) = to_unixtime({plain}) => true")
            out(f"({sql}) = {plain} => true")
            for unit, step in (("hour", 1), ("minute", 90)):
                moved = instant + dt.timedelta(milliseconds=step * CLOCK[unit])
                out(f"date_add('{unit}', {step}, {sql}) => {show(moved.astimezone(info))} {zone}")
            naive = local.replace(tzinfo=None)
            for unit in ("day", "month"):
                trimmed = truncate(naive, unit).replace(tzinfo=info)
                out(f"date_trunc('{unit}', {sql}) => {show(trimmed.astimezone(UTC).astimezone(info))} {zone}")
            trimmed = truncate(naive, "hour")
            out(f"date_trunc('hour', {sql}) => {show((instant - (naive - trimmed)).astimezone(info))} {zone}")
        out(f"with_timezone(TIMESTAMP '2026-06-15 12:00:00', '{zone}') => 2026-06-15 12:00:00.000 {zone}")
        summer = dt.datetime(2026, 6, 15, 12, tzinfo=info)
        out(f"to_unixtime(with_timezone(TIMESTAMP '2026-06-15 12:00:00', '{zone}')) = {int(summer.timestamp())} => true")
        out(f"CAST(TIMESTAMP '2026-06-15 12:00:00 {zone}' AS varchar) => 2026-06-15 12:00:00 {zone}")
        out(f"from_unixtime({int(summer.timestamp())}, '{zone}') => 2026-06-15 12:00:00.000 {zone}")
    out("TIMESTAMP '2026-01-01 00:00:00' AT TIME ZONE 'no zone' !! INVALID_FUNCTION_ARGUMENT")
    out("TIMESTAMP '2026-01-01 00:00:00' AT TIME ZONE 'Moon/Base' !! INVALID_FUNCTION_ARGUMENT")


def intervals(out):
    for count, unit, millis in ((1, "SECOND", 1000), (90, "MINUTE", 5_400_000), (25, "HOUR", 90_000_000), (3, "DAY", 259_200_000)):
        for factor in (1, 2, -3):
            total = millis * factor
            days, rest = divmod(abs(total), 86_400_000)
            shown = f"{'-' if total < 0 else ''}{days} {rest // 3_600_000:02d}:{rest // 60_000 % 60:02d}:{rest // 1000 % 60:02d}.000"
            out(f"INTERVAL '{count}' {unit} * {factor} => {shown}")
            out(f"CAST({factor} * INTERVAL '{count}' {unit} AS varchar) => {shown}")
            out(f"to_milliseconds(INTERVAL '{count}' {unit} * {factor}) => {total}")
        out(f"INTERVAL '{count}' {unit} = INTERVAL '{millis // 1000}' SECOND => true")
        out(f"INTERVAL '{count}' {unit} < INTERVAL '4' DAY => true")
    for count, unit, months in ((1, "MONTH", 1), (14, "MONTH", 14), (2, "YEAR", 24)):
        for factor in (1, -1, 3):
            total = months * factor
            shown = f"{'-' if total < 0 else ''}{abs(total) // 12}-{abs(total) % 12}"
            out(f"INTERVAL '{count}' {unit} * {factor} => {shown}")
            out(f"CAST(INTERVAL '{count}' {unit} * {factor} AS varchar) => {shown}")
    for text, shown in (("42.8ms", "0 00:00:00.043"), ("3.81 d", "3 19:26:24.000"), ("5m", "0 00:05:00.000"), ("1h", "0 01:00:00.000")):
        out(f"parse_duration('{text}') => {shown}")
    for seconds, shown in ((96, "1 minute, 36 seconds"), (3762, "1 hour, 2 minutes, 42 seconds"), (0, "0 seconds"),
                           (56363463, "93 weeks, 1 day, 8 hours, 31 minutes, 3 seconds"), (604800, "1 week")):
        out(f"human_readable_seconds({seconds}) => {shown}")


if __name__ == "__main__":
    lines = ["# Written by oracle/time_cases.py."]
    for part in (dates, timestamps, zones, intervals):
        part(lines.append)
    seen = dict.fromkeys(lines)
    open(sys.argv[1], "w").write("\n".join(seen) + "\n")
    print(len(seen))
