using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog;

/// <summary>
/// The catalog as resources of the kinds database, table and partition. Every read asks the metadata store, but for
/// the values of partitions, which are kept while none changes; every change is one batch of the store that names what
/// must still be there (a table's database, a partition's table), so concurrent changes, also those that others commit
/// with <see cref="PlanPartitionsAsync"/>, leave no orphan.
/// </summary>
internal sealed partial class MetadataCatalog(
    IMetadataStore metadata, IEnumerable<ITableRule> rules, TimeProvider clock) : ICatalog
{
    private const string DefaultDatabase = "default";
    private const int AttemptsMax = 100;

    private readonly PartitionIndexes _indexes = new(metadata);
    private volatile bool _hasDefault;

    public async Task<Database> CreateDatabaseAsync(Database database, CancellationToken cancellation)
    {
        await EnsureDefaultAsync(cancellation).ConfigureAwait(false);
        var name = CatalogNames.Normal(database.Name, "database");
        TableRules.CheckLocation(database.LocationUri ?? "", $"database '{name}'");
        var created = database with { Name = name, CreatedAt = clock.GetUtcNow() };
        var change = MetadataChange.Create(CatalogNames.DatabaseKind, name, DatabaseRecord.Write(created));
        try
        {
            await metadata.ApplyAsync([change], cancellation).ConfigureAwait(false);
            return created;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw CatalogErrors.DatabaseExists(name);
        }
    }

    public async Task<Database?> FindDatabaseAsync(string name, CancellationToken cancellation)
    {
        await EnsureDefaultAsync(cancellation).ConfigureAwait(false);
        var found = await metadata.FindAsync(CatalogNames.DatabaseKind, name.ToLowerInvariant(), cancellation)
            .ConfigureAwait(false);
        return found is null ? null : DatabaseRecord.Read(found);
    }

    public async Task<IReadOnlyList<Database>> ListDatabasesAsync(CancellationToken cancellation)
    {
        await EnsureDefaultAsync(cancellation).ConfigureAwait(false);
        var found = await ListAsync(CatalogNames.DatabaseKind, "", cancellation).ConfigureAwait(false);
        return [.. found.Select(DatabaseRecord.Read)];
    }

    public async Task<Database> UpdateDatabaseAsync(Database database, CancellationToken cancellation)
    {
        var name = CatalogNames.Normal(database.Name, "database");
        TableRules.CheckLocation(database.LocationUri ?? "", $"database '{name}'");
        for (var attempt = 1; ; attempt++)
        {
            await EnsureDefaultAsync(cancellation).ConfigureAwait(false);
            var current = await metadata.FindAsync(CatalogNames.DatabaseKind, name, cancellation).ConfigureAwait(false)
                ?? throw CatalogErrors.NoDatabase(name);
            var updated = database with { Name = name, CreatedAt = DatabaseRecord.Read(current).CreatedAt };
            var change = MetadataChange.Put(
                CatalogNames.DatabaseKind, name, DatabaseRecord.Write(updated), current.Version);
            try
            {
                await metadata.ApplyAsync([change], cancellation).ConfigureAwait(false);
                return updated;
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // Somebody else changed or deleted it: the next round writes over that, or says that it is gone.
            }
        }
    }

    public async Task DeleteDatabaseAsync(string name, CancellationToken cancellation)
    {
        var database = name.ToLowerInvariant();
        if (database == DefaultDatabase)
            throw CatalogErrors.Invalid($"database '{DefaultDatabase}' is always there", "it cannot be deleted");
        await DeleteWithChildrenAsync(
            MetadataChange.Require(CatalogNames.DatabaseKind, database),
            [
                MetadataChange.Delete(CatalogNames.DatabaseKind, database),
                MetadataChange.DeletePrefix(CatalogNames.TableKind, CatalogNames.TablesOf(database)),
                MetadataChange.DeletePrefix(CatalogNames.PartitionKind, CatalogNames.TablesOf(database)),
            ],
            CatalogErrors.NoDatabase(database),
            cancellation).ConfigureAwait(false);
    }

    private async Task DeleteWithChildrenAsync(
        MetadataChange required, MetadataChange[] deletions, TarnException missing, CancellationToken cancellation)
    {
        try
        {
            await metadata.ApplyAsync([required, .. deletions], cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw missing;
        }
    }

    /// <summary>
    /// The default database, as every catalog of Hive or Glue has one; made when the catalog is first used.
    /// </summary>
    private async Task EnsureDefaultAsync(CancellationToken cancellation)
    {
        if (_hasDefault)
        {
            return;
        }

        var found = await metadata.FindAsync(CatalogNames.DatabaseKind, DefaultDatabase, cancellation)
            .ConfigureAwait(false);
        if (found is null)
        {
            var database = new Database { Name = DefaultDatabase, CreatedAt = clock.GetUtcNow() };
            try
            {
                await metadata.ApplyAsync(
                    [MetadataChange.Create(CatalogNames.DatabaseKind, DefaultDatabase, DatabaseRecord.Write(database))],
                    cancellation).ConfigureAwait(false);
            }
            catch (TarnException madeMeanwhile) when (madeMeanwhile.Kind == ErrorKind.Conflict)
            {
                // Another caller was first; it is there, which is all that was wanted.
            }
        }

        _hasDefault = true;
    }

    private Task<IReadOnlyList<Resource>> ListAsync(string kind, string prefix, CancellationToken cancellation) =>
        metadata.ListAsync(kind, prefix, after: null, int.MaxValue, cancellation);
}
