using System.Text.Json;
using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Delivery.Checkpoints;

/// <summary>
/// Reads and writes checkpoints. A commit is one metadata transaction: the checkpoint moves and the partition is
/// registered, or neither. Thread-safe; a shard's checkpoint has one writer, its loop.
/// </summary>
internal sealed class CheckpointStore(IMetadataStore metadata, ICatalog catalog, TimeProvider time)
{
    public const string Kind = "delivery-checkpoint";

    /// <summary>
    /// Other shards register partitions of the same hour at the same moment; a plan made anew meets what they did.
    /// </summary>
    private const int CommitAttemptsMax = 8;

    /// <param name="lane">Of a <see cref="Lanes.DeliveryLane"/>.</param>
    public static string Name(string lane, string shardId) => $"{lane}/{shardId}";

    /// <summary>The stored checkpoint, or null.</summary>
    public async Task<StoredCheckpoint?> FindAsync(string lane, string shardId, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(Kind, Name(lane, shardId), cancellation).ConfigureAwait(false);
        return resource is null ? null : Read(resource);
    }

    /// <summary>Of all shards that the delivery stream ever read, by name: those of its backup, too.</summary>
    public Task<IReadOnlyList<StoredCheckpoint>> ListAsync(string delivery, CancellationToken cancellation) =>
        ListBelowAsync(delivery + "/", cancellation);

    /// <summary>Of all delivery streams.</summary>
    public Task<IReadOnlyList<StoredCheckpoint>> ListAllAsync(CancellationToken cancellation) =>
        ListBelowAsync("", cancellation);

    private async Task<IReadOnlyList<StoredCheckpoint>> ListBelowAsync(string prefix, CancellationToken cancellation)
    {
        const int PageSize = 1000;
        var found = new List<StoredCheckpoint>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(Kind, prefix, after, PageSize, cancellation)
                .ConfigureAwait(false);
            found.AddRange(page.Select(Read));
            if (page.Count < PageSize)
            {
                return found;
            }

            after = page[^1].Name;
        }
    }

    /// <summary>Stores the checkpoint alone; fails with Conflict when another version is current.</summary>
    public async Task<StoredCheckpoint> SaveAsync(
        StoredCheckpoint before, ShardCheckpoint after, CancellationToken cancellation)
    {
        await metadata.ApplyAsync([Change(before, after)], cancellation).ConfigureAwait(false);
        return before with { Checkpoint = after, Version = before.Version + 1 };
    }

    /// <summary>
    /// Stores the checkpoint and, in the same transaction, registers these folders as partitions of the table.
    /// </summary>
    public async Task<StoredCheckpoint> CommitAsync(
        StoredCheckpoint before,
        ShardCheckpoint after,
        TableName table,
        IReadOnlyList<PlannedOutput> folders,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var partitions = folders
                .DistinctBy(folder => folder.Location)
                .Select(folder => new Partition(folder.Partition!, folder.Location!, time.GetUtcNow()))
                .ToList();
            var changes = await catalog.PlanPartitionsAsync(table, partitions, cancellation).ConfigureAwait(false);
            try
            {
                await metadata.ApplyAsync([Change(before, after), .. changes], cancellation).ConfigureAwait(false);
                return before with { Checkpoint = after, Version = before.Version + 1 };
            }
            catch (TarnException e) when (e.Kind == ErrorKind.Conflict && attempt < CommitAttemptsMax)
            {
                // Planned against a partition that was not there yet; the next plan sees it.
            }
        }
    }

    private static MetadataChange Change(StoredCheckpoint before, ShardCheckpoint after) => MetadataChange.Put(
        Kind, before.Name, JsonSerializer.Serialize(after, DeliveryJson.Default.ShardCheckpoint), before.Version);

    private static StoredCheckpoint Read(Resource resource)
    {
        var checkpoint = JsonSerializer.Deserialize(resource.Spec, DeliveryJson.Default.ShardCheckpoint)
            ?? throw new TarnException(ErrorKind.Damaged, $"delivery checkpoint '{resource.Name}' is empty");
        return new StoredCheckpoint(resource.Name, checkpoint, resource.Version);
    }
}
