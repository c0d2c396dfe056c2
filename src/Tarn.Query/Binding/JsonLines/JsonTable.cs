using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>
/// A mention of a JSON table as DuckDB reads it: the used columns, then the used partition keys as text, over lines of
/// the objects in order. Several threads share the pieces. The files' leases are the plan's.
/// </summary>
internal sealed class JsonTable : INativeTable
{
    public JsonTable(
        TableScan scan,
        BoundTable bound,
        IReadOnlyList<(LocalFile File, IReadOnlyList<string> Values)> files,
        long unpackedBytesMax)
    {
        var table = bound.Table!;
        var keys = table.PartitionKeys.Select(key => key.Name.ToLowerInvariant()).ToList();
        SerDe = JsonSerDe.Of(table);
        UnpackedBytesMax = unpackedBytesMax;
        Fields =
        [
            .. scan.Columns.Order(StringComparer.Ordinal).Where(name => !keys.Contains(name))
                .Select(name => JsonField.Of(table.Name.ToString(), name, bound.Types[name])),
        ];
        Keys = [.. Enumerable.Range(0, keys.Count).Where(index => scan.Columns.Contains(keys[index]))];
        Columns =
        [
            .. Fields.Select(field => field.Column),
            .. Keys.Select(index => new DuckDbColumn(keys[index], "VARCHAR")),
            .. Fields.Count + Keys.Count == 0 ? [new DuckDbColumn("$row", "BOOLEAN")] : Array.Empty<DuckDbColumn>(),
        ];
        Pieces = [.. files.SelectMany(file => JsonPiece.Cut(file.File, file.Values))];

        // Tells names that clash before the first row.
        SerDe.Finder([.. Fields.Select(field => field.Name)]);
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    public JsonSerDe SerDe { get; }

    public IReadOnlyList<JsonField> Fields { get; }

    /// <summary>Places of the used partition keys among all.</summary>
    public IReadOnlyList<int> Keys { get; }

    public IReadOnlyList<JsonPiece> Pieces { get; }

    public long UnpackedBytesMax { get; }

    public INativeTableScan Open() => new JsonTableScan(this);

    /// <summary>The DuckDB query that gives the columns in their types.</summary>
    /// <param name="name">Under which the table is registered.</param>
    public string Select(string name, BoundTable bound)
    {
        var items = Fields.Select(field => $"{field.Expression} AS {DuckText.Name(field.Name)}")
            .Concat(Columns.Skip(Fields.Count).Take(Keys.Count).Select(key => key.Name).Select(key =>
                $"CAST(f.{DuckText.Name(key)} AS {bound.Types[key].DuckDbName}) AS {DuckText.Name(key)}"))
            .DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", items)} FROM {DuckText.Name(name)} AS f";
    }
}
