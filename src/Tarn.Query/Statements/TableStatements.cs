using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Views;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>CREATE EXTERNAL TABLE, DROP TABLE and VIEW, ALTER TABLE but for partitions. Objects stay.</summary>
internal sealed class TableStatements(ICatalog catalog, TableLookup lookup, TimeProvider clock)
{
    /// <summary>False when the statement is none of these.</summary>
    public async Task<bool> RunAsync(Statement statement, string database, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.CreateTable create:
                await CreateAsync(create, database, cancellation).ConfigureAwait(false);
                return true;
            case Statement.DropTable drop:
                await DropAsync(drop.Table, drop.IfExists, isView: false, database, cancellation)
                    .ConfigureAwait(false);
                return true;
            case Statement.DropView drop:
                await DropAsync(drop.View, drop.IfExists, isView: true, database, cancellation).ConfigureAwait(false);
                return true;
            case Statement.SetTableProperties set:
                await ChangeAsync(set.Table, database, table => table with
                {
                    Parameters = PropertyLists.Merge(table.Parameters, set.Properties),
                }, cancellation).ConfigureAwait(false);
                return true;
            case Statement.SetLocation { Partition: null } set:
                await ChangeAsync(set.Table, database, table => table with
                {
                    Storage = table.Storage with { Location = set.Location },
                }, cancellation).ConfigureAwait(false);
                return true;
            default:
                return await ChangeColumnsAsync(statement, database, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> ChangeColumnsAsync(Statement statement, string database, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.AddColumns { Partition: not null } or Statement.ReplaceColumns { Partition: not null }
                or Statement.ChangeColumn { Partition: not null }:
                throw HiveFailure.Refused(
                    $"{statement.Position}: columns of one partition cannot be changed", "leave PARTITION out");
            case Statement.AddColumns add:
                await ChangeAsync(add.Table, database, table => ColumnChanges.Add(table, add.Columns), cancellation)
                    .ConfigureAwait(false);
                return true;
            case Statement.ReplaceColumns replace:
                await ChangeAsync(
                    replace.Table, database, table => ColumnChanges.Replace(table, replace.Columns), cancellation)
                    .ConfigureAwait(false);
                return true;
            case Statement.ChangeColumn change:
                await ChangeAsync(change.Table, database, table => ColumnChanges.Change(table, change), cancellation)
                    .ConfigureAwait(false);
                return true;
            case Statement.DropColumn drop:
                throw HiveFailure.Refused(
                    $"{drop.Position}: ALTER TABLE DROP COLUMN is for Iceberg tables, which are not supported",
                    "ALTER TABLE REPLACE COLUMNS with those that stay");
            default:
                return false;
        }
    }

    private async Task CreateAsync(Statement.CreateTable create, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(create.Table, database);
        var table = TableDefinition.Of(create, name, clock.GetUtcNow());
        if (await catalog.FindDatabaseAsync(name.Database, cancellation).ConfigureAwait(false) is null)
        {
            throw HiveFailure.NoDatabase(name.Database);
        }

        if (lookup.IsLive(name))
        {
            throw Exists(name);
        }

        try
        {
            await catalog.CreateTableAsync(table, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            if (!create.IfNotExists)
            {
                throw Exists(name);
            }
        }
    }

    private static TarnException Exists(TableName name) => HiveFailure.Execution(
        ErrorKind.AlreadyExists,
        "TABLE_ALREADY_EXISTS",
        $"AlreadyExistsException(message:Table {name.Name} already exists)");

    private async Task DropAsync(
        TableRef table, bool ifExists, bool isView, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(table, database);
        var found = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false);
        if (found is null)
        {
            if (ifExists)
            {
                return;
            }

            throw isView
                ? new TarnException(
                    ErrorKind.NotFound, $"{table.Position}: View '{PrestoView.CatalogName}.{name}' does not exist")
                {
                    Code = "TABLE_NOT_FOUND",
                }
                : HiveFailure.NoTable(name.ToString());
        }

        if (PrestoView.Is(found) != isView)
        {
            throw isView
                ? new TarnException(
                    ErrorKind.Invalid,
                    $"{table.Position}: View '{PrestoView.CatalogName}.{name}' does not exist, "
                        + "but a table with that name exists",
                    hint: $"DROP TABLE {name}") { Code = "TABLE_NOT_FOUND" }
                : HiveFailure.Semantic(
                    ErrorKind.Invalid,
                    "NOT_SUPPORTED",
                    $"[Error 10153]: Cannot drop a view with DROP TABLE: {name}",
                    $"DROP VIEW {name}");
        }

        await catalog.DeleteTableAsync(name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads, changes and writes again until nobody came between.</summary>
    private async Task ChangeAsync(
        TableRef at, string database, Func<Table, Table> change, CancellationToken cancellation)
    {
        const int AttemptsMax = 20;
        for (var attempt = 1; ; attempt++)
        {
            var table = await lookup.RequireFilesAsync(at, database, cancellation).ConfigureAwait(false);
            try
            {
                await catalog.UpdateTableAsync(change(table), cancellation).ConfigureAwait(false);
                return;
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // Somebody else changed it since it was read: the next round changes what they left.
            }
        }
    }
}
