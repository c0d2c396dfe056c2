using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Lake;

/// <summary>Everything SQL can name: the catalog's tables and the live views, by database.</summary>
internal sealed class SchemaReader(ICatalog catalog, IContinuousQueries views)
{
    public async Task<IReadOnlyList<SchemaDatabase>> ReadAsync(CancellationToken cancellation)
    {
        var live = views.List().ToLookup(view => view.Database, Describe);
        var databases = new List<SchemaDatabase>();
        foreach (var database in await catalog.ListDatabasesAsync(cancellation))
        {
            var tables = await catalog.ListTablesAsync(database.Name, cancellation);
            databases.Add(new SchemaDatabase(
                database.Name, database.Description, Join(tables.Select(Describe), live[database.Name])));
        }

        foreach (var group in live.Where(group => databases.All(database => database.Name != group.Key)))
        {
            databases.Add(new SchemaDatabase(group.Key, "", Join([], group)));
        }

        return databases;
    }

    private static List<SchemaTable> Join(IEnumerable<SchemaTable> tables, IEnumerable<SchemaTable> live) =>
        [.. tables.Concat(live).OrderBy(table => table.Name, StringComparer.Ordinal)];

    private static SchemaTable Describe(Table table) => new(
        table.Name.Name,
        table.TableType,
        table.Storage.Location.Length > 0 ? table.Storage.Location : null,
        table.Storage.SerDe.Length > 0 ? table.Storage.SerDe : null,
        [
            .. table.Storage.Columns.Select(column => Describe(column, isPartition: false)),
            .. table.PartitionKeys.Select(column => Describe(column, isPartition: true)),
        ]);

    private static SchemaColumn Describe(Column column, bool isPartition) =>
        new(column.Name, column.Type, isPartition, column.Comment);

    private static SchemaTable Describe(ViewStatus view) => new(
        view.Name,
        SchemaTable.MaterializedView,
        Location: null,
        Serde: null,
        [.. view.Columns.Select(column => new SchemaColumn(column.Name, column.Type, IsPartition: false, ""))]);
}
