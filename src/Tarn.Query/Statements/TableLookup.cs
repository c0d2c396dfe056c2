using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;
using Tarn.Query.Views;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>What the name in a statement stands for in the catalog.</summary>
internal sealed class TableLookup(ICatalog catalog, IEnumerable<ITableSource> sources)
{
    /// <summary>
    /// Fails with NotFound for another catalog than the one there is. A name in one pair of quotes may hold its
    /// database: SHOW CREATE TABLE writes <c>`default.scores`</c>.
    /// </summary>
    public static TableName NameOf(TableRef table, string database)
    {
        if (table.Catalog is not null
            && !table.Catalog.Equals(PrestoView.CatalogName, StringComparison.OrdinalIgnoreCase))
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"{table.Position}: Catalog '{table.Catalog}' does not exist",
                hint: $"the one catalog is {PrestoView.CatalogName}") { Code = "CATALOG_NOT_FOUND" };
        }

        var parts = table.Database is null ? table.Name.ToLowerInvariant().Split('.') : [];
        return parts is [var inside, var name]
            ? new TableName(inside, name)
            : new TableName((table.Database ?? database).ToLowerInvariant(), table.Name.ToLowerInvariant());
    }

    /// <summary>The table or view; fails with Hive's words for what is not there.</summary>
    public async Task<Table> RequireAsync(TableRef table, string database, CancellationToken cancellation)
    {
        var name = NameOf(table, database);
        return await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false)
            ?? (IsLive(name)
                ? throw HiveFailure.Refused(
                    $"'{name}' is a live view, which has no definition in the catalog",
                    "DROP MATERIALIZED VIEW and CREATE MATERIALIZED VIEW change it")
                : throw HiveFailure.NoTable(name.ToString()));
    }

    /// <summary>A table of files; a view fails.</summary>
    public async Task<Table> RequireFilesAsync(TableRef table, string database, CancellationToken cancellation)
    {
        var found = await RequireAsync(table, database, cancellation).ConfigureAwait(false);
        return PrestoView.Is(found)
            ? throw HiveFailure.Semantic(
                ErrorKind.Invalid, "NOT_SUPPORTED", $"{found.Name} is a view, and this is for tables only")
            : found;
    }

    /// <summary>Whether a materialized view has the name.</summary>
    public bool IsLive(TableName name) => sources.SelectMany(source => source.List()).Contains(name);
}
