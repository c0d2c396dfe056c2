using System.Globalization;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding;
using Tarn.Query.Views;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Statements;

/// <summary>CREATE VIEW: the query is bound once, for its columns, and kept as Athena keeps it.</summary>
internal sealed class ViewStatements(ICatalog catalog, TableLookup lookup, TableResolver resolver)
{
    public async Task RunAsync(Statement.CreateView create, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(create.View, database);
        if (await catalog.FindDatabaseAsync(name.Database, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"{create.Position}: Schema '{name.Database}' does not exist")
            {
                Code = "SCHEMA_NOT_FOUND",
            };
        }

        var view = await DefineAsync(create, name, database, cancellation).ConfigureAwait(false);
        var there = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false);
        if (lookup.IsLive(name) || there is not null && !(create.OrReplace && PrestoView.Is(there)))
        {
            var what = there is null || PrestoView.Is(there) ? "View" : "Table";
            throw new TarnException(
                ErrorKind.AlreadyExists,
                $"{create.Position}: {what} already exists: '{PrestoView.CatalogName}.{name}'",
                hint: what == "View" ? "CREATE OR REPLACE VIEW" : null)
            {
                Code = what == "View" ? "ALREADY_EXISTS" : "TABLE_ALREADY_EXISTS",
            };
        }

        await (there is null
            ? catalog.CreateTableAsync(view, cancellation)
            : catalog.UpdateTableAsync(view with { Version = there.Version }, cancellation)).ConfigureAwait(false);
    }

    private async Task<Table> DefineAsync(
        Statement.CreateView create, TableName name, string database, CancellationToken cancellation)
    {
        if (create.Tables.Any(table => IsSame(table, name, database)))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"{create.Position}: Statement would create a recursive view")
            {
                Code = "INVALID_RECURSIVE_REFERENCE",
            };
        }

        var resolve = await resolver.ResolveAsync(create.Tables, database, cancellation).ConfigureAwait(false);
        var columns = SqlTranslator.Translate(create.Query, resolve).Columns;
        ResultColumnNames.Check(columns, create.Position);
        var view = new PrestoView
        {
            Sql = create.OriginalText,
            Database = database.ToLowerInvariant(),
            Columns = [.. columns.Select(column => new PrestoViewColumn(
                column.Name.ToLowerInvariant(), column.Type.ToString()))],
        };
        return new Table
        {
            Name = name,
            TableType = "VIRTUAL_VIEW",
            Storage = new StorageDescriptor
            {
                Columns = [.. columns.Select(column => new Column(column.Name.ToLowerInvariant(), Hive(column.Type)))],
            },
            Parameters = new Dictionary<string, string> { ["presto_view"] = "true", ["comment"] = "Presto View" },
            ViewOriginalText = view.Encode(),
        };
    }

    private static bool IsSame(Relation.Table table, TableName name, string database)
    {
        var parts = table.Parts.Select(part => part.Text.ToLowerInvariant()).ToArray();
        return parts switch
        {
            [var only] => new TableName(database.ToLowerInvariant(), only) == name,
            [.., var schema, var only] => new TableName(schema, only) == name,
            _ => false,
        };
    }

    /// <summary>Glue wants a Hive type of every column; those that Hive has none for are shown as string.</summary>
    private static string Hive(SqlType type)
    {
        try
        {
            return HiveTypeText.Of(type);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Unsupported)
        {
            return "string";
        }
    }
}
