using System.Globalization;
using System.Text.Json;
using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Jobs.Runs;

/// <summary>
/// Reads and writes run records and bookmarks. Thread-safe; a job's records have one writer, its loop.
/// </summary>
internal sealed class RunStore(IMetadataStore metadata, JobsOptions options)
{
    public const string Kind = "job-run";

    private const long NumberMax = 999_999_999_999;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<StoredRun>> ListAsync(string job, int countMax, CancellationToken cancellation)
    {
        var found = await metadata.ListAsync(Kind, job + "/", null, countMax, cancellation).ConfigureAwait(false);
        return [.. found.Select(Read)];
    }

    public async Task<StoredRun?> FindLastAsync(string job, CancellationToken cancellation)
    {
        var newest = await ListAsync(job, countMax: 1, cancellation).ConfigureAwait(false);
        return newest.Count == 0 ? null : newest[0];
    }

    public async Task<StoredRun?> FindAsync(string job, long number, CancellationToken cancellation)
    {
        var found = await metadata.FindAsync(Kind, Name(job, number), cancellation).ConfigureAwait(false);
        return found is null ? null : Read(found);
    }

    /// <summary>
    /// Stores a new run and the further changes in one transaction, and forgets the run that is too many.
    /// </summary>
    public async Task<StoredRun> CreateAsync(
        RunResource resource, IEnumerable<MetadataChange> further, CancellationToken cancellation)
    {
        var (job, number) = (resource.Run.Job, resource.Run.Number);
        var changes = new List<MetadataChange> { MetadataChange.Create(Kind, Name(job, number), Write(resource)) };
        if (number > options.RunsKept)
        {
            changes.Add(MetadataChange.Delete(Kind, Name(job, number - options.RunsKept)));
        }

        await metadata.ApplyAsync([.. changes, .. further], cancellation).ConfigureAwait(false);
        return new StoredRun(resource, Version: 1);
    }

    /// <summary>Stores a run's new state and the further changes in one transaction.</summary>
    public async Task<StoredRun> SaveAsync(
        StoredRun before, RunResource after, IEnumerable<MetadataChange> further, CancellationToken cancellation)
    {
        var name = Name(after.Run.Job, after.Run.Number);
        var change = MetadataChange.Put(Kind, name, Write(after), before.Version);
        await metadata.ApplyAsync([change, .. further], cancellation).ConfigureAwait(false);
        return new StoredRun(after, before.Version + 1);
    }

    public async Task<JobBookmark> FindBookmarkAsync(string job, CancellationToken cancellation)
    {
        var found = await metadata.FindAsync(JobBookmark.Kind, job, cancellation).ConfigureAwait(false);
        return found is null
            ? new JobBookmark(LiveRun: 0, PreviousRun: 0)
            : JsonSerializer.Deserialize(found.Spec, JobsJson.Default.JobBookmark)
                ?? throw new TarnException(ErrorKind.Damaged, $"bookmark of job '{job}' is empty");
    }

    /// <summary>A change that fits only while no object's place was taken since now.</summary>
    public Task<MetadataChange> HoldInputsAsync(CancellationToken cancellation) =>
        InputMark.HoldAsync(metadata, InputMark.Switched, cancellation);

    public static MetadataChange PlanBookmark(string job, JobBookmark bookmark) => MetadataChange.Put(
        JobBookmark.Kind, job, JsonSerializer.Serialize(bookmark, JobsJson.Default.JobBookmark));

    private static string Name(string job, long number) =>
        $"{job}/{(NumberMax - number).ToString("D12", CultureInfo.InvariantCulture)}";

    private static string Write(RunResource resource) =>
        JsonSerializer.Serialize(resource, JobsJson.Default.RunResource);

    private static StoredRun Read(Resource stored)
    {
        var resource = JsonSerializer.Deserialize(stored.Spec, JobsJson.Default.RunResource)
            ?? throw new TarnException(ErrorKind.Damaged, $"job run '{stored.Name}' is empty");
        return new StoredRun(resource, stored.Version);
    }
}
