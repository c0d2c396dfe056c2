namespace Tarn.Sql.Functions;

/// <summary>Dates and timestamps. A timestamp with time zone is taken apart in its own zone.</summary>
internal static class DateFunctions
{
    public const string Rows = """
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
        hour(timestamp) bigint => CAST(hour({0}) AS BIGINT)
        hour(timestamptz) bigint => CAST(hour({@0}) AS BIGINT)
        minute(timestamp) bigint => CAST(minute({0}) AS BIGINT)
        minute(timestamptz) bigint => CAST(minute({@0}) AS BIGINT)
        second(timestamp) bigint => CAST(second({0}) AS BIGINT)
        second(timestamptz) bigint => CAST(second({@0}) AS BIGINT)
        millisecond(timestamp) bigint => CAST(millisecond({0}) % 1000 AS BIGINT)
        millisecond(timestamptz) bigint => CAST(millisecond({@0}) % 1000 AS BIGINT)
        last_day_of_month(P) date => last_day({@0})
        current_date() date => CAST(timezone('UTC', now()) AS DATE)
        current_timestamp() timestamptz => now()
        now() timestamptz => now()
        localtimestamp() timestamp => timezone('UTC', now())
        from_unixtime(double) timestamptz => to_timestamp({0})
        to_unixtime(timestamp) double => epoch({0})
        to_unixtime(timestamptz) double => epoch({0})
        from_iso8601_date(varchar) date => CAST({0} AS DATE)
        to_iso8601(date) varchar => strftime({0}, '%Y-%m-%d')
        to_iso8601(timestamp) varchar => strftime({0}, '%Y-%m-%dT%H:%M:%S.%g')
        """;
}
