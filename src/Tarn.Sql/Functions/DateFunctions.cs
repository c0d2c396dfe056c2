namespace Tarn.Sql.Functions;

/// <summary>Dates and timestamps. A timestamp with time zone is taken apart in its own zone.</summary>
internal static class DateFunctions
{
    private const string Months = "(date_part('year', {0}) * 12 + date_part('month', {0}))";

    public const string Rows = $$"""
        year(P) bigint => CAST(year({@0}) AS BIGINT)
        quarter(P) bigint => CAST(quarter({@0}) AS BIGINT)
        month(P) bigint => CAST(month({@0}) AS BIGINT)
        week(P) bigint => CAST(week({@0}) AS BIGINT)
        week_of_year(P) bigint => CAST(week({@0}) AS BIGINT)
        day(P) bigint => CAST(day({@0}) AS BIGINT)
        day_of_month(P) bigint => CAST(day({@0}) AS BIGINT)
        day_of_week(P) bigint => CAST(isodow({@0}) AS BIGINT)
        dow(P) bigint => CAST(isodow({@0}) AS BIGINT)
        day_of_year(P) bigint => CAST(dayofyear({@0}) AS BIGINT)
        doy(P) bigint => CAST(dayofyear({@0}) AS BIGINT)
        year_of_week(P) bigint => CAST(isoyear({@0}) AS BIGINT)
        yow(P) bigint => CAST(isoyear({@0}) AS BIGINT)
        year(interval year to month) bigint => ({{Months}} // 12)
        month(interval year to month) bigint => ({{Months}} % 12)
        day(interval day to second) bigint => (epoch_ms({0}) // 86400000)
        hour(interval day to second) bigint => (epoch_ms({0}) % 86400000 // 3600000)
        minute(interval day to second) bigint => (epoch_ms({0}) % 3600000 // 60000)
        second(interval day to second) bigint => (epoch_ms({0}) % 60000 // 1000)
        millisecond(interval day to second) bigint => (epoch_ms({0}) % 1000)
        to_milliseconds(interval day to second) bigint => epoch_ms({0})
        hour(timestamp) bigint => CAST(hour({0}) AS BIGINT)
        hour(timestamptz) bigint => CAST(hour({@0}) AS BIGINT)
        hour(time) bigint => CAST(date_part('hour', {0}) AS BIGINT)
        hour(timetz) bigint => CAST(date_part('hour', {0}) AS BIGINT)
        minute(timestamp) bigint => CAST(minute({0}) AS BIGINT)
        minute(timestamptz) bigint => CAST(minute({@0}) AS BIGINT)
        minute(time) bigint => CAST(date_part('minute', {0}) AS BIGINT)
        minute(timetz) bigint => CAST(date_part('minute', {0}) AS BIGINT)
        second(timestamp) bigint => CAST(second({0}) AS BIGINT)
        second(timestamptz) bigint => CAST(second({@0}) AS BIGINT)
        second(time) bigint => CAST(date_part('second', {0}) AS BIGINT)
        second(timetz) bigint => CAST(date_part('second', {0}) AS BIGINT)
        millisecond(timestamp) bigint => CAST(millisecond({0}) % 1000 AS BIGINT)
        millisecond(timestamptz) bigint => CAST(millisecond({@0}) % 1000 AS BIGINT)
        millisecond(time) bigint => CAST(date_part('millisecond', {0}) % 1000 AS BIGINT)
        last_day_of_month(P) date => last_day({@0})
        current_date() date => CAST(timezone('UTC', now()) AS DATE)
        current_timezone() varchar => 'UTC'
        to_unixtime(timestamp) double => epoch({0})
        to_unixtime(timestamptz) double => epoch({0})
        from_iso8601_date(varchar) date => tarn_from_iso8601_date({0})
        to_iso8601(date) varchar => CAST({0} AS VARCHAR)
        parse_datetime(varchar, varchar) timestamptz => tarn_parse_datetime({0}, {1})
        parse_duration(varchar) interval day to second => to_microseconds(tarn_parse_duration({0}) * 1000)
        human_readable_seconds(double) varchar => tarn_human_readable_seconds({0})
        date_parse(varchar, varchar) timestamp => tarn_date_parse({0}, {1})
        """;
}
