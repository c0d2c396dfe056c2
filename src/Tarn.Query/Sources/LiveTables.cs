using Tarn.Catalog.Tables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Types;

namespace Tarn.Query.Sources;

internal sealed class LiveTables(IEnumerable<ITableSource> sources) : ILiveTables
{
    public IReadOnlySet<string> Databases => Names.Select(name => name.Database).ToHashSet(StringComparer.Ordinal);

    private IEnumerable<TableName> Names => sources.SelectMany(source => source.List());

    public async Task<IReadOnlyList<Table>> ListAsync(string database, CancellationToken cancellation)
    {
        var tables = new List<Table>();
        foreach (var name in Names.Where(name => name.Database == database)
            .OrderBy(name => name.Name, StringComparer.Ordinal))
        {
            if (await FindAsync(name, cancellation).ConfigureAwait(false) is { } table)
            {
                tables.Add(table);
            }
        }

        return tables;
    }

    public async Task<Table?> FindAsync(TableName name, CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            if (!source.List().Contains(name))
            {
                continue;
            }

            try
            {
                if (await source.OpenAsync(name, cancellation).ConfigureAwait(false) is { } rows)
                {
                    return Describe(name, rows.Columns);
                }
            }
            catch (TarnException)
            {
                // It says why to whoever reads it; here it is only named.
                return Describe(name, []);
            }
        }

        return null;
    }

    private static Table Describe(TableName name, IReadOnlyList<DuckDbColumn> columns) => new()
    {
        Name = name,
        Storage = new StorageDescriptor
        {
            Columns = [.. columns.Select(column => new Column(column.Name, TypeOf(column)))],
        },
        Parameters = new Dictionary<string, string> { [ILiveTables.Property] = "true" },
    };

    /// <summary>As Hive writes it; what Hive has no type for as Trino does.</summary>
    private static string TypeOf(DuckDbColumn column) => TableResolver.OfDuckDb(column.Type) switch
    {
        null => column.Type.ToLowerInvariant(),
        { Kind: TypeKind.TimestampWithTimeZone or TypeKind.Json or TypeKind.Uuid or TypeKind.Time } other =>
            other.ToString(),
        var type => HiveTypeText.Of(type),
    };
}
