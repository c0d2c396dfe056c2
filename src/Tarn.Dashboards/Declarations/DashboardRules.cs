using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Dashboards.Declarations;

/// <summary>What a dashboard may say. All faults are found at once; each names tile and field.</summary>
internal static partial class DashboardRules
{
    private const int TilesMax = 50;
    private static readonly string[] DeliveryValues = ["lag_seconds", "records", "objects"];

    /// <summary>Throws Invalid: the first fault is the message, the others are the detail.</summary>
    public static void Check(DashboardSpec spec)
    {
        var faults = Faults(spec).ToList();
        if (faults.Count > 0)
        {
            throw new TarnException(
                ErrorKind.Invalid, faults[0], faults.Count == 1 ? null : string.Join("; ", faults.Skip(1)));
        }
    }

    private static IEnumerable<string> Faults(DashboardSpec spec)
    {
        if (!Name().IsMatch(spec.Name))
        {
            yield return $"dashboard name '{spec.Name}' must be 1 to 128 lower-case letters, digits and hyphens";
        }

        if (string.IsNullOrWhiteSpace(spec.Title) || spec.Title.Length > 200)
        {
            yield return $"dashboard '{spec.Name}': title must be 1 to 200 characters";
        }

        if (spec.Tiles.Count is 0 or > TilesMax)
        {
            yield return $"dashboard '{spec.Name}': tiles must be 1 to {TilesMax}, not {spec.Tiles.Count}";
        }

        for (var i = 0; i < spec.Tiles.Count; i++)
        {
            var place = $"dashboard '{spec.Name}', tile {i + 1} '{spec.Tiles[i].Title}': ";
            foreach (var fault in SourceFaults(spec.Tiles[i]).Concat(FieldFaults(spec.Tiles[i])))
            {
                yield return place + fault;
            }
        }
    }

    private static IEnumerable<string> SourceFaults(TileSpec tile)
    {
        (string Field, string? Value)[] sources =
            [("view", tile.View), ("sql", tile.Sql), ("stream", tile.Stream), ("delivery", tile.Delivery)];
        var given = sources.Where(source => source.Value is not null).ToList();
        if (given.Count != 1)
        {
            yield return given.Count == 0
                ? "one of view, sql, stream, delivery is missing"
                : $"{string.Join(" and ", given.Select(source => source.Field))} are given, only one may be";
        }

        foreach (var (field, _) in given.Where(source => string.IsNullOrWhiteSpace(source.Value)))
        {
            yield return $"{field} is empty";
        }

        if (tile.Sql is { } sql && !Query().IsMatch(sql))
        {
            yield return "sql must be a query that begins with SELECT, WITH or VALUES";
        }

        if (tile.Delivery is not null && tile.Kind is TileKind.Bar or TileKind.Line)
        {
            yield return "kind of a delivery tile must be number or table";
        }

        if (tile.Delivery is not null && tile.Y is { } y && !DeliveryValues.Contains(y))
        {
            yield return $"y of a delivery tile must be one of {string.Join(", ", DeliveryValues)}, not '{y}'";
        }
    }

    private static IEnumerable<string> FieldFaults(TileSpec tile)
    {
        if (string.IsNullOrWhiteSpace(tile.Title) || tile.Title.Length > 200)
        {
            yield return "title must be 1 to 200 characters";
        }

        if (tile.Kind is TileKind.Bar or TileKind.Line && string.IsNullOrWhiteSpace(tile.X))
        {
            yield return "x is missing: the column of the category or time axis";
        }

        if (tile.Kind != TileKind.Table && tile.Delivery is null && string.IsNullOrWhiteSpace(tile.Y))
        {
            yield return "y is missing: the column of the value";
        }

        if (tile.OrderBy is { } order && !Order().IsMatch(order))
        {
            yield return $"order_by must be a column, with 'desc' after a space to turn it round, not '{order}'";
        }

        if (tile.RowsMax is < 1 or > 1000)
        {
            yield return $"rows_max must be 1 to 1000, not {tile.RowsMax}";
        }

        if (tile.RefreshSeconds is < 5 or > 3600)
        {
            yield return $"refresh_seconds must be 5 to 3600, not {tile.RefreshSeconds}";
        }

        if (tile.Width is < 1 or > 12)
        {
            yield return $"width must be 1 to 12, not {tile.Width}";
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,127}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\S+( (asc|desc))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex(@"^(\s|--[^\n]*\n|/\*[\s\S]*?\*/|\()*(select|with|values)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Query();
}
