using System.Globalization;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>A leaf that keeps the rows of a relation as they are, for SQL that cannot be taken apart.</summary>
internal static class RowsLeafPlanner
{
    /// <param name="wanted">The columns that the view's SELECT names, without regard to case; null: all.</param>
    public static LeafPlan Plan(
        RecordRelation relation, IReadOnlySet<string>? wanted, int leaf, ViewOptions options, bool emitsOnClose)
    {
        if (options.TtlMilliseconds is null)
        {
            throw QueryTree.Refused(
                $"this view keeps every row of '{relation.Alias}', and nothing says for how long",
                "WITH (ttl = '1 day') after the view's name; GROUP BY with aggregates that can be merged keeps less");
        }

        if (relation.Window is { Kind: WindowKind.Session })
        {
            throw QueryTree.Refused("rows of a SESSION cannot be kept one by one",
                "GROUP BY window_start, window_end and the key columns");
        }

        var columns = relation.Columns.Where(column => wanted is null || wanted.Contains(column.Name)).ToList();
        var forms = columns.ConvertAll(column => StoredForm.Of(column.Type) ?? throw QueryTree.Refused(
            $"column '{column.Name}' of type {column.Type} cannot be kept in a view", "cast it to VARCHAR"));
        var values = columns.Select((column, i) => forms[i].Store(SqlText.Name(column.Name))).ToList();
        var end = relation.Columns.FirstOrDefault(column => column.Name == WindowPlan.EndColumn);
        var isWindowed = relation.Window is not null && end is not null;
        IReadOnlyList<CellType> keys =
            isWindowed ? [CellType.Of(end!.Type)!, CellType.Int64] : [CellType.Int64];
        IEnumerable<string> selected = isWindowed ? [SqlText.Name(WindowPlan.EndColumn), .. values] : values;
        return new LeafPlan
        {
            Source = relation.Source,
            BatchSql = $"{relation.WithSql}SELECT {string.Join(", ", selected.DefaultIfEmpty("1"))} {relation.FromSql}",
            BatchTypes = [.. keys.SkipLast(1), .. forms.Select(form => form.Type)],
            KeyTypes = keys,
            Partials = [.. forms.Select((form, i) => new PartialSpec(PartialKind.Value, [values[i]], form.Type))],
            StateColumns =
            [
                .. keys.Select((type, i) => new DuckDbColumn(Name("k", i), type.Sql)),
                .. forms.Select((form, i) => new DuckDbColumn(Name("v", i), form.Type.Sql)),
            ],
            FinalSql = "SELECT " + string.Join(", ", columns.Select((column, i) =>
                    $"{forms[i].Restore(Name("v", i))} AS {SqlText.Name(column.Name)}").DefaultIfEmpty("1"))
                + $" FROM {ViewPlan.StateTable(leaf)}",
            KeepsRows = true,
            Window = isWindowed ? relation.Window : null,
            EndKey = isWindowed ? 0 : -1,
            EmitsOnClose = emitsOnClose,
            Lookups = relation.Lookups,
            Join = relation.Join,
        };
    }

    private static string Name(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"tarn_{kind}{number}");
}
