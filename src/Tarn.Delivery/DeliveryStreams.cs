using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Delivery;

/// <summary>
/// The delivery streams of this lake: their settings as resources, and one follower each while the server runs. Changes
/// to settings come one after the other; a follower is stopped before its settings change.
/// </summary>
internal sealed class DeliveryStreams(
    IMetadataStore metadata,
    IObjectStore store,
    ICatalog catalog,
    IStreams streams,
    CheckpointStore checkpoints,
    Func<DeliverySpec, StreamFollower> makeFollower,
    TimeProvider time) : IDeliveryStreams, IConsumerPositions, IHostedService, IDisposable
{
    private const int PageSize = 1000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, StreamFollower> _followers = new(StringComparer.Ordinal);
    private bool _isStarted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = true;
        foreach (var resource in await ListResourcesAsync(cancellationToken).ConfigureAwait(false))
        {
            StartFollower(resource.Spec);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = false;
        await Task.WhenAll(_followers.Keys.Select(name => StopFollowerAsync(name).AsTask())).ConfigureAwait(false);
    }

    public void Dispose() => _gate.Dispose();

    public async Task<DeliveryStatus> PutAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        SpecRules.Check(spec);
        spec = spec with { Database = spec.Database.ToLowerInvariant(), Table = spec.Table.ToLowerInvariant() };
        if (streams.Find(spec.Stream) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"stream '{spec.Stream}' of delivery stream '{spec.Name}' does not exist",
                hint: "create the stream first");
        }

        var table = await catalog.FindTableAsync(new TableName(spec.Database, spec.Table), cancellation)
            .ConfigureAwait(false);
        SpecRules.CheckTable(spec, table);
        await MakeBucketAsync(spec.Bucket, cancellation).ConfigureAwait(false);

        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var before = await FindResourceAsync(spec.Name, cancellation).ConfigureAwait(false);
        if (before?.Spec == spec)
        {
            return await StatusAsync(before, cancellation).ConfigureAwait(false);
        }

        var after = new DeliveryResource { Spec = spec, CreatedAt = before?.CreatedAt ?? time.GetUtcNow() };
        var json = JsonSerializer.Serialize(after, DeliveryJson.Default.DeliveryResource);
        await StopFollowerAsync(spec.Name).ConfigureAwait(false);
        try
        {
            await metadata.ApplyAsync([MetadataChange.Put(DeliveryResource.Kind, spec.Name, json)], cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception) when (before is not null)
        {
            StartFollower(before.Spec);
            throw;
        }

        StartFollower(spec);
        return await StatusAsync(after, cancellation).ConfigureAwait(false);
    }

    public async Task<DeliveryStatus?> FindAsync(string name, CancellationToken cancellation)
    {
        var resource = await FindResourceAsync(name, cancellation).ConfigureAwait(false);
        return resource is null ? null : await StatusAsync(resource, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<DeliveryStatus>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<DeliveryStatus>();
        foreach (var resource in await ListResourcesAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(await StatusAsync(resource, cancellation).ConfigureAwait(false));
        }

        return found;
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var resource = await FindResourceAsync(name, cancellation).ConfigureAwait(false) ?? throw NotFound(name);
        await StopFollowerAsync(name).ConfigureAwait(false);
        try
        {
            var stored = await checkpoints.ListAsync(name, cancellation).ConfigureAwait(false);
            var gone = stored.Select(checkpoint => MetadataChange.Delete(CheckpointStore.Kind, checkpoint.Name));
            await metadata.ApplyAsync([MetadataChange.Delete(DeliveryResource.Kind, name), .. gone], cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception)
        {
            StartFollower(resource.Spec);
            throw;
        }
    }

    public async Task FlushAsync(string name, CancellationToken cancellation)
    {
        if (!_followers.TryGetValue(name, out var follower))
        {
            throw await FindResourceAsync(name, cancellation).ConfigureAwait(false) is null
                ? NotFound(name)
                : new TarnException(ErrorKind.Unavailable, $"delivery stream '{name}' is not running");
        }

        try
        {
            await follower.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (follower.LastError is { } error)
        {
            throw new TarnException(
                ErrorKind.Unavailable, $"delivery stream '{name}' was not flushed in time", error, cause: e);
        }
    }

    IReadOnlyList<ConsumerPosition> IConsumerPositions.List()
    {
        var now = time.GetUtcNow();
        return
        [
            .. _followers.Values.Select(follower => new ConsumerPosition(
                follower.Spec.Stream,
                follower.Spec.Name,
                ConsumerKind.Delivery,
                DeliveryStatusRule.LagMilliseconds(follower, now),
                follower.Next)),
        ];
    }

    private static TarnException NotFound(string name) =>
        new(ErrorKind.NotFound, $"delivery stream '{name}' does not exist");

    private static DeliveryResource Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, DeliveryJson.Default.DeliveryResource)
        ?? throw new TarnException(ErrorKind.Damaged, $"delivery stream '{resource.Name}' is stored without settings");

    private async Task MakeBucketAsync(string bucket, CancellationToken cancellation)
    {
        if (await store.FindBucketAsync(bucket, cancellation).ConfigureAwait(false) is not null)
        {
            return;
        }

        try
        {
            await store.CreateBucketAsync(bucket, cancellation).ConfigureAwait(false);
        }
        catch (TarnException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            // Somebody else made it in between.
        }
    }

    private async Task<DeliveryResource?> FindResourceAsync(string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(DeliveryResource.Kind, name, cancellation).ConfigureAwait(false);
        return resource is null ? null : Read(resource);
    }

    private async Task<IReadOnlyList<DeliveryResource>> ListResourcesAsync(CancellationToken cancellation)
    {
        var found = new List<DeliveryResource>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(DeliveryResource.Kind, "", after, PageSize, cancellation)
                .ConfigureAwait(false);
            found.AddRange(page.Select(Read));
            if (page.Count < PageSize)
            {
                return found;
            }

            after = page[^1].Name;
        }
    }

    private async Task<DeliveryStatus> StatusAsync(DeliveryResource resource, CancellationToken cancellation)
    {
        var stored = await checkpoints.ListAsync(resource.Spec.Name, cancellation).ConfigureAwait(false);
        return DeliveryStatusRule.Of(
            resource,
            [.. stored.Select(item => item.Checkpoint)],
            _followers.GetValueOrDefault(resource.Spec.Name),
            time.GetUtcNow());
    }

    private void StartFollower(DeliverySpec spec)
    {
        if (_isStarted)
        {
            var follower = makeFollower(spec);
            _followers[spec.Name] = follower;
            follower.Start();
        }
    }

    private async ValueTask StopFollowerAsync(string name)
    {
        if (_followers.TryRemove(name, out var follower))
        {
            await follower.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Entered> EnterAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        return new Entered(_gate);
    }

    private readonly struct Entered(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
