using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Metrics;
using Tarn.Streams.Records;

namespace Tarn.Delivery;

/// <summary>
/// The delivery streams of this lake: their settings as resources, and a follower per lane while the server runs.
/// Changes to settings come one after the other; followers are stopped before their settings change.
/// </summary>
internal sealed class DeliveryStreams(
    DeliveryResources resources,
    SpecRules rules,
    DirectPutLog logs,
    IObjectStore store,
    ICatalog catalog,
    IStreams streams,
    CheckpointStore checkpoints,
    Func<DeliveryLane, StreamFollower> makeFollower,
    TimeProvider time) : IDeliveryStreams, IConsumerPositions, IHostedService, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, RunningDelivery> _running = new(StringComparer.Ordinal);
    private bool _isStarted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = true;
        foreach (var resource in await resources.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            // A stop may have come between the settings and the log.
            await logs.MakeAsync(resource.Delivery!, cancellationToken).ConfigureAwait(false);
            Start(resource.Delivery!);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = false;
        await Task.WhenAll(_running.Keys.Select(name => StopAsync(name).AsTask())).ConfigureAwait(false);
    }

    public void Dispose() => _gate.Dispose();

    public async Task<DeliveryStatus> CreateAsync(
        DeliverySpec spec, ImmutableSortedDictionary<string, string> tags, CancellationToken cancellation)
    {
        DeliveryTags.Check(tags);
        spec = await CheckAsync(spec, cancellation).ConfigureAwait(false);
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        if (await resources.FindAsync(spec.Name, cancellation).ConfigureAwait(false) is not null)
        {
            throw new TarnException(ErrorKind.AlreadyExists, $"delivery stream '{spec.Name}' already exists");
        }

        return await CreateAsync(spec, tags, entered, cancellation).ConfigureAwait(false);
    }

    public async Task<DeliveryStatus> PutAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        spec = await CheckAsync(spec, cancellation).ConfigureAwait(false);
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var before = await resources.FindAsync(spec.Name, cancellation).ConfigureAwait(false);
        if (before is null)
        {
            return await CreateAsync(spec, DeliveryTags.None, entered, cancellation).ConfigureAwait(false);
        }

        if (SpecText.Of(before.Delivery!) == SpecText.Of(spec))
        {
            return await StatusAsync(before, cancellation).ConfigureAwait(false);
        }

        if (before.Delivery!.Source is DeliverySource.DirectPut != spec.Source is DeliverySource.DirectPut)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"delivery stream '{spec.Name}' cannot change between being put into and reading a stream",
                hint: "delete it first, or choose another name");
        }

        return await ReplaceAsync(before, spec, entered, cancellation).ConfigureAwait(false);
    }

    public async Task<DeliveryStatus> UpdateAsync(
        string name,
        long version,
        Func<DeliveryDestination, DeliveryDestination> change,
        CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var before = await GetAsync(name, cancellation).ConfigureAwait(false);
        if (before.Version != version)
        {
            throw new TarnException(
                ErrorKind.Conflict,
                $"the destination of delivery stream '{name}' has version {before.Version}, not {version}",
                hint: "describe it again and repeat the change");
        }

        var spec = before.Delivery! with { Destination = change(before.Delivery!.Destination) };
        spec = await CheckAsync(spec, cancellation).ConfigureAwait(false);
        return await ReplaceAsync(before, spec, entered, cancellation).ConfigureAwait(false);
    }

    public async Task<DeliveryStatus> TagAsync(
        string name,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change,
        CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var before = await GetAsync(name, cancellation).ConfigureAwait(false);
        var tags = change((before.Tags ?? DeliveryTags.None).WithComparers(StringComparer.Ordinal));
        DeliveryTags.Check(tags);
        var after = before with { Tags = tags };
        await resources.SaveAsync(after, cancellation).ConfigureAwait(false);
        return await StatusAsync(after, cancellation).ConfigureAwait(false);
    }

    public async Task<DeliveryStatus?> FindAsync(string name, CancellationToken cancellation)
    {
        var resource = await resources.FindAsync(name, cancellation).ConfigureAwait(false);
        return resource is null ? null : await StatusAsync(resource, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<DeliveryStatus>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<DeliveryStatus>();
        foreach (var resource in await resources.ListAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(await StatusAsync(resource, cancellation).ConfigureAwait(false));
        }

        return found;
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var resource = await GetAsync(name, cancellation).ConfigureAwait(false);
        await StopAsync(name).ConfigureAwait(false);
        try
        {
            // First the log: one without settings would never be found again.
            await logs.RemoveAsync(resource.Delivery!, cancellation).ConfigureAwait(false);
            await resources.DeleteAsync(name, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            Start(resource.Delivery!);
            throw;
        }
    }

    public async Task FlushAsync(string name, CancellationToken cancellation)
    {
        if (!_running.TryGetValue(name, out var running))
        {
            throw await resources.FindAsync(name, cancellation).ConfigureAwait(false) is null
                ? NotFound(name)
                : new TarnException(ErrorKind.Unavailable, $"delivery stream '{name}' is not running");
        }

        try
        {
            await running.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (running.LastError is { } error)
        {
            throw new TarnException(
                ErrorKind.Unavailable, $"delivery stream '{name}' was not flushed in time", error, cause: e);
        }
    }

    public ValueTask AppendAsync(
        string name,
        ReadOnlyMemory<StreamEntry> entries,
        Memory<AppendOutcome> outcomes,
        CancellationToken cancellation)
    {
        // Not asked of what runs: while settings are replaced nothing does, and records are taken all the same.
        var log = DirectPutLog.StreamOf(name);
        if (streams.Find(log) is not null)
        {
            return streams.AppendAsync(log, entries, outcomes, cancellation);
        }

        throw _running.TryGetValue(name, out var running)
            ? new TarnException(
                ErrorKind.Invalid,
                $"delivery stream '{name}' reads a stream and takes no records itself",
                hint: $"put them into stream '{DirectPutLog.StreamOf(running.Spec)}'")
            : NotFound(name);
    }

    IReadOnlyList<ConsumerPosition> IConsumerPositions.List()
    {
        var now = time.GetUtcNow();
        return
        [
            .. _running.Values.SelectMany(running => running.Followers).Select(follower => new ConsumerPosition(
                follower.Lane.Stream,
                follower.Lane.Key,
                ConsumerKind.Delivery,
                DeliveryStatusRule.LagMilliseconds(follower, now),
                follower.Next)),
        ];
    }

    private static TarnException NotFound(string name) =>
        new(ErrorKind.NotFound, $"delivery stream '{name}' does not exist");

    private async Task<DeliveryResource> GetAsync(string name, CancellationToken cancellation) =>
        await resources.FindAsync(name, cancellation).ConfigureAwait(false) ?? throw NotFound(name);

    private async Task<DeliverySpec> CheckAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        spec = await rules.CheckAsync(spec, cancellation).ConfigureAwait(false);
        foreach (var bucket in spec.Buckets)
        {
            await MakeBucketAsync(bucket, cancellation).ConfigureAwait(false);
        }

        return spec;
    }

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

    private async Task<DeliveryStatus> CreateAsync(
        DeliverySpec spec,
        ImmutableSortedDictionary<string, string> tags,
        Entered _,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var resource = new DeliveryResource
        {
            Delivery = spec,
            Version = 1,
            Tags = tags,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await resources.SaveAsync(resource, cancellation).ConfigureAwait(false);
        await logs.MakeAsync(spec, cancellation).ConfigureAwait(false);
        Start(spec);
        return await StatusAsync(resource, cancellation).ConfigureAwait(false);
    }

    private async Task<DeliveryStatus> ReplaceAsync(
        DeliveryResource before, DeliverySpec spec, Entered _, CancellationToken cancellation)
    {
        var after = before with { Delivery = spec, Version = before.Version + 1, UpdatedAt = time.GetUtcNow() };
        await StopAsync(spec.Name).ConfigureAwait(false);
        try
        {
            await resources.SaveAsync(after, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            Start(before.Delivery!);
            throw;
        }

        Start(spec);
        return await StatusAsync(after, cancellation).ConfigureAwait(false);
    }

    private async Task<DeliveryStatus> StatusAsync(DeliveryResource resource, CancellationToken cancellation)
    {
        var spec = resource.Delivery!;
        var stored = await checkpoints.ListAsync(spec.Name, cancellation).ConfigureAwait(false);
        var table = PlanCarrier.TableOf(spec.Destination) is { } name
            ? await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false)
            : null;
        var followers = _running.GetValueOrDefault(spec.Name)?.Followers ?? [];
        return DeliveryStatusRule.Of(resource, table, stored, followers, time.GetUtcNow());
    }

    private void Start(DeliverySpec spec)
    {
        if (_isStarted)
        {
            var running = new RunningDelivery(spec, [.. DeliveryLane.Of(spec).Select(makeFollower)]);
            _running[spec.Name] = running;
            running.Start();
        }
    }

    private async ValueTask StopAsync(string name)
    {
        if (_running.TryRemove(name, out var running))
        {
            await running.DisposeAsync().ConfigureAwait(false);
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
