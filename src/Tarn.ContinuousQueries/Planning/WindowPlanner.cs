using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns TUMBLE, HOP and SESSION into SQL that adds window_start and window_end to a source's columns.
/// <code>
/// TUMBLE(s, ts, INTERVAL '1 minute' [, INTERVAL offset])          one row of a record
/// HOP(s, ts, INTERVAL slide, INTERVAL size [, INTERVAL offset])   size / slide rows of a record
/// SESSION(s, ts, INTERVAL gap, key, ...)                          the window that the record alone would have
/// </code>
/// </summary>
internal sealed class WindowPlanner(PlanSession session)
{
    /// <summary>Windows one record may be in.</summary>
    private const long WindowsMax = 1_000;

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
        var arguments = from["function"]!["children"]!.AsArray();
        var name = kind.ToString().ToUpperInvariant();
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

        var window = new WindowPlan(kind, column.Name, size, first, offset % first);
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

        string Rows(string bounds, string table, string where) =>
            $"SELECT {columns}, {Stamp("tarn_start")} AS {WindowPlan.StartColumn}, {Stamp("tarn_end")} AS "
            + $"{WindowPlan.EndColumn} FROM (SELECT {columns}, {bounds} FROM {table} WHERE "
            + $"{SqlText.Name(window.TimeColumn)} IS NOT NULL){where}";

        string Stamp(string microseconds) => type == "TIMESTAMP"
            ? $"make_timestamp({microseconds})" : $"CAST(make_timestamp({microseconds}) AS TIMESTAMPTZ)";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
