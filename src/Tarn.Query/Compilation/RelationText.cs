using Tarn.DuckDb.NativeTables;
using Tarn.Query.Binding;
using Tarn.Query.Executions;
using Tarn.Sql.Translation;

namespace Tarn.Query.Compilation;

/// <summary>The DuckDB text of each scan of a plan.</summary>
/// <param name="pathOf">How the text spells a file's path.</param>
/// <param name="meter">Counts what is read here; null: nobody asks.</param>
/// <param name="inMemory">Gets the tables that the text names, to be registered in the session.</param>
internal sealed class RelationText(
    QueryPlan plan, Func<OpenFile, string> pathOf, ScanMeter? meter, List<(string Name, INativeTable Table)> inMemory)
{
    public string Of(TableScan scan)
    {
        var planned = plan.Scans.FirstOrDefault(candidate => candidate.Scan == scan);
        if (planned is not null)
        {
            return Of(planned);
        }

        var name = $"live_{scan.Alias}";
        inMemory.Add((name, ((BoundTable)scan.Table.Key).Live!));
        var columns = scan.Columns.Order(StringComparer.Ordinal).Select(DuckText.Name).DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", columns)} FROM {DuckText.Name(name)}";
    }

    private string Of(PlannedScan planned)
    {
        var texts = new List<string>();
        foreach (var part in planned.Parts.Where(part => part.Files.Count > 0))
        {
            if (part.Rows is { } rows)
            {
                var source = $"rows_{planned.Scan.Alias}_{texts.Count}";
                inMemory.Add((source, meter is null ? rows : new CountedRows(rows, meter)));
                texts.Add(rows.Select(source));
            }
            else
            {
                var paths = part.Files.Select(pathOf).ToList();
                texts.Add(ScanText.Parquet(part.Columns, part.Constants, part.Files, paths, part.Present));
            }
        }

        return texts.Count == 0
            ? ScanText.Empty(planned.Scan, planned.Bound)
            : string.Join(" UNION ALL ", texts);
    }
}
