using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Runs;
using Tarn.Jobs.Schedules;
using Tarn.Jobs.Specs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Jobs;

/// <summary>
/// The jobs of this lake: their settings as resources, and one loop each while the server runs. Changes come one after
/// the other; a run under way goes on with the settings that it began with.
/// </summary>
internal sealed class EmbeddedJobs(
    IMetadataStore metadata, RunStore runs, RunFlow flow, Func<JobResource, JobLoop> makeLoop, TimeProvider time)
    : IJobs, IHostedService, IDisposable
{
    private const int PageSize = 1000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, JobLoop> _loops = new(StringComparer.Ordinal);
    private bool _isStarted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = true;
        foreach (var job in await ListResourcesAsync(cancellationToken).ConfigureAwait(false))
        {
            StartLoop(job);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = false;
        await Task.WhenAll(_loops.Keys.Select(name => StopLoopAsync(name).AsTask())).ConfigureAwait(false);
    }

    public void Dispose() => _gate.Dispose();

    public async Task<JobStatus> PutAsync(JobSpec spec, CancellationToken cancellation)
    {
        spec = JobRules.Check(spec);
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var before = await FindResourceAsync(spec.Name, cancellation).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var after = new JobResource
        {
            Spec = spec,
            CreatedAt = before?.CreatedAt ?? now,
            ScheduledFrom = before is not null && before.Spec.Schedule == spec.Schedule ? before.ScheduledFrom : now,
        };
        var json = JsonSerializer.Serialize(after, JobsJson.Default.JobResource);
        if (before is null || json != JsonSerializer.Serialize(before, JobsJson.Default.JobResource))
        {
            await metadata.ApplyAsync([MetadataChange.Put(JobResource.Kind, spec.Name, json)], cancellation)
                .ConfigureAwait(false);
        }

        if (_loops.TryGetValue(spec.Name, out var loop))
        {
            loop.Change(after);
        }
        else
        {
            StartLoop(after);
        }

        return await StatusAsync(after, cancellation).ConfigureAwait(false);
    }

    public async Task<JobStatus?> FindAsync(string name, CancellationToken cancellation)
    {
        var job = await FindResourceAsync(name, cancellation).ConfigureAwait(false);
        return job is null ? null : await StatusAsync(job, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<JobStatus>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<JobStatus>();
        foreach (var job in await ListResourcesAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(await StatusAsync(job, cancellation).ConfigureAwait(false));
        }

        return found;
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation).ConfigureAwait(false);
        var job = await FindResourceAsync(name, cancellation).ConfigureAwait(false) ?? throw NotFound(name);
        await StopLoopAsync(name).ConfigureAwait(false);
        try
        {
            await flow.AbandonAsync(name, cancellation).ConfigureAwait(false);
            await metadata.ApplyAsync(
                [
                    MetadataChange.Delete(JobResource.Kind, name),
                    MetadataChange.Delete(JobBookmark.Kind, name),
                    MetadataChange.DeletePrefix(RunStore.Kind, name + "/"),
                    MetadataChange.DeletePrefix(InputLedger.Kind, name + "/"),
                ],
                cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            StartLoop(job);
            throw;
        }
    }

    public async Task<JobRun> RunAsync(string name, CancellationToken cancellation)
    {
        if (_loops.TryGetValue(name, out var loop))
        {
            return await loop.RunAsync(cancellation).ConfigureAwait(false);
        }

        throw await FindResourceAsync(name, cancellation).ConfigureAwait(false) is null
            ? NotFound(name)
            : new TarnException(ErrorKind.Unavailable, $"job '{name}' is not running");
    }

    public async Task<IReadOnlyList<JobRun>> ListRunsAsync(string name, int countMax, CancellationToken cancellation)
    {
        if (await FindResourceAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            throw NotFound(name);
        }

        var found = await runs.ListAsync(name, countMax, cancellation).ConfigureAwait(false);
        return [.. found.Select(stored => stored.Run)];
    }

    private static TarnException NotFound(string name) => new(ErrorKind.NotFound, $"job '{name}' does not exist");

    private static JobResource Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, JobsJson.Default.JobResource)
        ?? throw new TarnException(ErrorKind.Damaged, $"job '{resource.Name}' is stored without settings");

    private async Task<JobResource?> FindResourceAsync(string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(JobResource.Kind, name, cancellation).ConfigureAwait(false);
        return resource is null ? null : Read(resource);
    }

    private async Task<IReadOnlyList<JobResource>> ListResourcesAsync(CancellationToken cancellation)
    {
        var found = new List<JobResource>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(JobResource.Kind, "", after, PageSize, cancellation)
                .ConfigureAwait(false);
            found.AddRange(page.Select(Read));
            if (page.Count < PageSize)
            {
                return found;
            }

            after = page[^1].Name;
        }
    }

    private async Task<JobStatus> StatusAsync(JobResource job, CancellationToken cancellation)
    {
        var last = await runs.FindLastAsync(job.Spec.Name, cancellation).ConfigureAwait(false);
        return new JobStatus(job.Spec, last?.Run, ScheduleRule.DueAt(job, last?.Run, DateTimeOffset.MinValue));
    }

    private void StartLoop(JobResource job)
    {
        if (_isStarted)
        {
            var loop = makeLoop(job);
            _loops[job.Spec.Name] = loop;
            loop.Start();
        }
    }

    private async ValueTask StopLoopAsync(string name)
    {
        if (_loops.TryRemove(name, out var loop))
        {
            await loop.DisposeAsync().ConfigureAwait(false);
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
