using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Tables;

namespace Tarn.Aws.Glue;

/// <summary>A table named by database and name; Glue lower-cases both.</summary>
internal static class TableKey
{
    public static TableName Read(JsonMembers members, string nameMember) => new(
        members.RequiredText("DatabaseName").ToLowerInvariant(),
        members.RequiredText(nameMember).ToLowerInvariant());

    public static async Task<Table> FindAsync(ICatalog catalog, TableName name, CancellationToken cancellation)
    {
        if (await catalog.FindTableAsync(name, cancellation) is { } table)
        {
            return table;
        }

        await RequireDatabaseAsync(catalog, name.Database, cancellation);
        throw GlueErrors.NotFound($"Entity Not Found: table {name}");
    }

    public static async Task RequireDatabaseAsync(ICatalog catalog, string database, CancellationToken cancellation)
    {
        if (await catalog.FindDatabaseAsync(database, cancellation) is null)
        {
            throw GlueErrors.NotFound($"Database {database} not found.");
        }
    }
}
