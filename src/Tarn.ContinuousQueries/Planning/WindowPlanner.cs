using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Zones;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns TUMBLE, HOP and SESSION into SQL that adds window_start and window_end to a source's columns.
/// <code>
/// TUMBLE(s, ts, INTERVAL '1 minute' [, INTERVAL offset])          one row of a record
/// HOP(s, ts, INTERVAL slide, INTERVAL size [, INTERVAL offset])   size / slide rows of a record
/// TUMBLE(s, ts, INTERVAL '1 day', timezone := 'Europe/Berlin')    bounds are the zone's local times; of HOP too
/// SESSION(s, ts, INTERVAL gap, key, ...)                          the window that the record alone would have
/// </code>
/// </summary>
internal sealed class WindowPlanner(PlanSession session)
{
    /// <summary>Windows one record may be in.</summary>
    private const long WindowsMax = 1_000;

    private const long Hour = 3_600_000_000;
    private const string ZoneArgument = "timezone";

    public static WindowKind? KindOf(JsonObject from) => QueryTree.Text(from["function"]!, "function_name") switch
    {
        "tumble" => WindowKind.Tumble,
        "hop" => WindowKind.Hop,
        "session" => WindowKind.Session,
        _ => null,
    };

    public static string Form(WindowKind kind) => kind switch
    {
        WindowKind.Tumble => "TUMBLE(source, time column, INTERVAL '1 minute')",
        WindowKind.Hop => "HOP(source, time column, INTERVAL '10 seconds', INTERVAL '1 minute')",
        _ => "SESSION(source, time column, INTERVAL '30 minutes', key column)",
    };

    public async Task<RecordRelation> PlanAsync(RecordRelation relation, WindowKind kind, JsonObject from)
    {
        var name = kind.ToString().ToUpperInvariant();
        var (arguments, zone) = TakeZone(from["function"]!["children"]!.AsArray(), kind, name);
        var least = kind == WindowKind.Hop ? 4 : 3;
        if (arguments.Count < least || (kind != WindowKind.Session && arguments.Count > least + 1))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"{name} has {arguments.Count} arguments", hint: Form(kind));
        }

        var column = TimeColumn(relation, arguments[1]!, name);
        var first = await session.IntervalAsync(arguments[2]!, $"{name}'s first interval").ConfigureAwait(false);
        var size = kind == WindowKind.Hop
            ? await session.IntervalAsync(arguments[3]!, "HOP's size").ConfigureAwait(false) : first;
        var offset = kind != WindowKind.Session && arguments.Count > least
            ? await session.IntervalAsync(arguments[least]!, $"{name}'s offset").ConfigureAwait(false) : 0;
        if (size % first != 0 || size / first > WindowsMax)
        {
            throw new TarnException(
                ErrorKind.Invalid, "HOP's size is not a multiple of its slide, or more than 1,000 times it",
                hint: "HOP(source, time column, slide, size), as INTERVAL '10 seconds', INTERVAL '1 minute'");
        }

        if (zone is not null && (first % Hour != 0 || size % Hour != 0))
        {
            throw QueryTree.Refused(
                $"{name} with a timezone needs intervals of whole hours",
                "leave the timezone out: windows of minutes begin alike in every zone, or give an offset");
        }

        var window = new WindowPlan(kind, column.Name, size, first, offset % first) { Zone = zone };
        var table = session.NewName();
        return relation with
        {
            With = [$"{table} AS ({Sql(relation, window, column.Type)})"],
            Table = table,
            Columns =
            [
                .. relation.Columns,
                new SourceColumn(WindowPlan.StartColumn, column.Type),
                new SourceColumn(WindowPlan.EndColumn, column.Type),
            ],
            Window = window,
            SessionKeys = kind == WindowKind.Session
                ? [.. arguments.Skip(3).Select(key => ColumnOf(relation, key!, name).Name)] : [],
        };
    }

    /// <summary>The arguments without <c>timezone := '...'</c>, and its value.</summary>
    private static (List<JsonNode> Arguments, ZoneClock? Zone) TakeZone(
        JsonArray written, WindowKind kind, string name)
    {
        ZoneClock? zone = null;
        var arguments = new List<JsonNode>();
        foreach (var argument in written)
        {
            if (QueryTree.Text(argument!, "alias") is not { Length: > 0 } named)
            {
                arguments.Add(argument!);
                continue;
            }

            if (!named.Equals(ZoneArgument, StringComparison.OrdinalIgnoreCase) || kind == WindowKind.Session)
            {
                throw new TarnException(
                    ErrorKind.Invalid, $"{name} has no argument '{named}'",
                    hint: kind == WindowKind.Session
                        ? "a session begins with its first event, in any zone"
                        : Suggestion.Hint(named, [ZoneArgument]));
            }

            zone = ExpressionTree.Class(argument!) == "CONSTANT"
                && argument!["value"]?["value"] is JsonValue value && value.TryGetValue<string>(out var id)
                ? ZoneClock.Find(id)
                : throw new TarnException(
                    ErrorKind.Invalid, $"{name}'s timezone is not a text", hint: "timezone := 'Europe/Berlin'");
        }

        return (arguments, zone);
    }

    private static SourceColumn TimeColumn(RecordRelation relation, JsonNode argument, string name)
    {
        var column = ColumnOf(relation, argument, name);
        if (relation.Columns.Any(other => other.Name is WindowPlan.StartColumn or WindowPlan.EndColumn))
        {
            throw QueryTree.Refused(
                $"{name} adds window_start and window_end, and source '{relation.Source.Name}' has such a column",
                "rename the source's column");
        }

        return column.Type is "TIMESTAMP" or "TIMESTAMPTZ" ? column : throw new TarnException(
            ErrorKind.Invalid, $"column '{column.Name}' of {name} is {column.Type} and not a time",
            hint: "declare it as TIMESTAMP or TIMESTAMPTZ in the source");
    }

    private static SourceColumn ColumnOf(RecordRelation relation, JsonNode argument, string name)
    {
        var column = ExpressionTree.Class(argument) == "COLUMN_REF"
            ? argument["column_names"]!.AsArray()[^1]!.GetValue<string>() : null;
        return relation.Columns.FirstOrDefault(known =>
                known.Name.Equals(column, StringComparison.OrdinalIgnoreCase))
            ?? throw new TarnException(
                ErrorKind.Invalid,
                column is null
                    ? $"{name} needs a column of the source, not an expression"
                    : $"source '{relation.Source.Name}' has no column '{column}'",
                hint: column is null ? null : Suggestion.Hint(column, relation.Columns.Select(known => known.Name)));
    }

    private static string Sql(RecordRelation relation, WindowPlan window, string type)
    {
        var columns = string.Join(", ", relation.Columns.Select(column => SqlText.Name(column.Name)));
        var time = $"epoch_us({SqlText.Name(window.TimeColumn)})";
        if (window.Kind == WindowKind.Session)
        {
            return Rows($"{time} AS tarn_start, {time} + {Number(window.Size)} AS tarn_end", ViewPlan.BatchTable, "");
        }

        if (window.Zone is { } zone)
        {
            return Zoned(zone);
        }

        var shifted = $"({time} - {Number(window.Offset)})";
        var slide = Number(window.Slide);
        var last = $"{time} - (({shifted} % {slide}) + {slide}) % {slide}";
        return window.Kind == WindowKind.Tumble
            ? Rows($"{last} AS tarn_start, {last} + {Number(window.Size)} AS tarn_end", ViewPlan.BatchTable,
                $" WHERE tarn_end > {WindowPlan.ClosedLiteral}")
            : Rows(
                $"{last} - tarn_back * {slide} AS tarn_start, tarn_start + {Number(window.Size)} AS tarn_end",
                $"{ViewPlan.BatchTable}, range({Number(window.Size / window.Slide)}) AS tarn_hops(tarn_back)",
                $" WHERE tarn_end > {WindowPlan.ClosedLiteral}");

        string Zoned(ZoneClock clock)
        {
            var (id, size) = (SqlText.Literal(clock.Id), Number(window.Size));
            var slots = $"(SELECT *, tarn_zone_slot({id}, {time}, {Number(window.Slide)}, {Number(window.Offset)})"
                + $" AS tarn_slot FROM {ViewPlan.BatchTable} WHERE {SqlText.Name(window.TimeColumn)} IS NOT NULL)";
            var hops = $", range({Number(window.Size / window.Slide)}) AS tarn_hops(tarn_back)";
            var local = window.Kind == WindowKind.Tumble
                ? "tarn_slot" : $"tarn_slot - tarn_back * {Number(window.Slide)}";
            return Rows(
                $"tarn_zone_instant({id}, {local}) AS tarn_start, "
                + $"tarn_zone_instant({id}, {local} + {size}) AS tarn_end",
                $"{slots} AS tarn_slots{(window.Kind == WindowKind.Tumble ? "" : hops)}",
                $" WHERE tarn_end > {WindowPlan.ClosedLiteral}");
        }

        string Rows(string bounds, string table, string where) =>
            $"SELECT {columns}, {Stamp("tarn_start")} AS {WindowPlan.StartColumn}, {Stamp("tarn_end")} AS "
            + $"{WindowPlan.EndColumn} FROM (SELECT {columns}, {bounds} FROM {table} WHERE "
            + $"{SqlText.Name(window.TimeColumn)} IS NOT NULL){where}";

        string Stamp(string microseconds) => type == "TIMESTAMP"
            ? $"make_timestamp({microseconds})" : $"CAST(make_timestamp({microseconds}) AS TIMESTAMPTZ)";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
