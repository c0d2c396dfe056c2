using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog;

internal sealed partial class MetadataCatalog
{
    public async Task<Table> CreateTableAsync(Table table, CancellationToken cancellation)
    {
        await EnsureDefaultAsync(cancellation).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var created = Checked(table) with { CreatedAt = now, UpdatedAt = now, Version = 1 };
        var database = created.Name.Database;
        var name = CatalogNames.Of(created.Name);
        try
        {
            await metadata.ApplyAsync(
                [
                    MetadataChange.Require(CatalogNames.DatabaseKind, database),
                    MetadataChange.Create(CatalogNames.TableKind, name, TableRecord.Write(created)),
                ],
                cancellation).ConfigureAwait(false);
            return created;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw await FindDatabaseAsync(database, cancellation).ConfigureAwait(false) is null
                ? CatalogErrors.NoDatabase(database)
                : CatalogErrors.TableExists(created.Name);
        }
    }

    public async Task<IReadOnlyList<MetadataChange>> PlanTableAsync(
        Table table, IReadOnlyList<Partition> partitions, CancellationToken cancellation)
    {
        await EnsureDefaultAsync(cancellation).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var created = Checked(table) with { CreatedAt = now, UpdatedAt = now, Version = 1 };
        if (await FindDatabaseAsync(created.Name.Database, cancellation).ConfigureAwait(false) is null)
            throw CatalogErrors.NoDatabase(created.Name.Database);
        if (await FindTableAsync(created.Name, cancellation).ConfigureAwait(false) is not null)
            throw CatalogErrors.TableExists(created.Name);
        var changes = new List<MetadataChange>(partitions.Count + 2)
        {
            MetadataChange.Require(CatalogNames.DatabaseKind, created.Name.Database),
            MetadataChange.Create(CatalogNames.TableKind, CatalogNames.Of(created.Name), TableRecord.Write(created)),
        };
        foreach (var partition in partitions)
        {
            CheckPartition(created, partition);
            changes.Add(MetadataChange.Create(
                CatalogNames.PartitionKind,
                CatalogNames.Of(created.Name, partition.Values),
                PartitionRecord.Write(partition)));
        }

        return changes;
    }

    public async Task<Table> UpdateTableAsync(Table table, CancellationToken cancellation)
    {
        var wanted = Checked(table);
        for (var attempt = 1; ; attempt++)
        {
            var current = await RequireTableAsync(wanted.Name, cancellation).ConfigureAwait(false);
            if (wanted.Version != 0 && wanted.Version != current.Version)
                throw new TarnException(
                    ErrorKind.Conflict, $"table '{wanted.Name}' was changed by somebody else",
                    $"expected version {wanted.Version}, found {current.Version}", "read it again, then retry");
            await CheckPartitionKeysAsync(current, wanted, cancellation).ConfigureAwait(false);
            var updated = wanted with
            {
                CreatedAt = current.CreatedAt,
                UpdatedAt = clock.GetUtcNow(),
                Version = current.Version + 1,
            };
            var change = MetadataChange.Put(
                CatalogNames.TableKind, CatalogNames.Of(updated.Name), TableRecord.Write(updated), current.Version);
            try
            {
                await metadata.ApplyAsync([change], cancellation).ConfigureAwait(false);
                return updated;
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // Somebody was faster: the next round either sees the wrong version or, with version 0, writes over it.
            }
        }
    }

    public async Task<Table?> FindTableAsync(TableName name, CancellationToken cancellation)
    {
        var found = await metadata.FindAsync(CatalogNames.TableKind, CatalogNames.Of(Lower(name)), cancellation)
            .ConfigureAwait(false);
        return found is null ? null : TableRecord.Read(found);
    }

    public async Task<IReadOnlyList<Table>> ListTablesAsync(string database, CancellationToken cancellation)
    {
        if (await FindDatabaseAsync(database, cancellation).ConfigureAwait(false) is not { Name: var name })
            throw CatalogErrors.NoDatabase(database);
        var prefix = CatalogNames.TablesOf(name);
        var found = await ListAsync(CatalogNames.TableKind, prefix, cancellation).ConfigureAwait(false);
        return [.. found.Select(TableRecord.Read)];
    }

    public async Task DeleteTableAsync(TableName name, CancellationToken cancellation)
    {
        var table = Lower(name);
        await DeleteWithChildrenAsync(
            MetadataChange.Require(CatalogNames.TableKind, CatalogNames.Of(table)),
            [
                MetadataChange.Delete(CatalogNames.TableKind, CatalogNames.Of(table)),
                MetadataChange.DeletePrefix(CatalogNames.PartitionKind, CatalogNames.PartitionsOf(table)),
            ],
            CatalogErrors.NoTable(table),
            cancellation).ConfigureAwait(false);
    }

    private Table Checked(Table table)
    {
        var normal = TableRules.Checked(table);
        foreach (var rule in rules)
        {
            rule.Check(normal);
        }

        return normal;
    }

    /// <summary>Names that are looked up need no check: a name that cannot exist is not found.</summary>
    private static TableName Lower(TableName name) =>
        new(name.Database.ToLowerInvariant(), name.Name.ToLowerInvariant());

    private async Task<Table> RequireTableAsync(TableName name, CancellationToken cancellation) =>
        await FindTableAsync(name, cancellation).ConfigureAwait(false) ?? throw CatalogErrors.NoTable(Lower(name));

    /// <summary>The values of existing partitions belong to the keys they were added for.</summary>
    private async Task CheckPartitionKeysAsync(Table current, Table wanted, CancellationToken cancellation)
    {
        if (current.PartitionKeys.Select(key => key.Name).SequenceEqual(wanted.PartitionKeys.Select(key => key.Name)))
        {
            return;
        }

        var partitions = await metadata.ListAsync(
            CatalogNames.PartitionKind, CatalogNames.PartitionsOf(current.Name), after: null, countMax: 1, cancellation)
            .ConfigureAwait(false);
        if (partitions.Count > 0)
            throw new TarnException(
                ErrorKind.Invalid, $"partition keys of table '{current.Name}' cannot change while it has partitions",
                hint: "delete its partitions first");
    }
}
